import { formatIpv4 } from '../../core/ipv4';
import { formatIpv6 } from '../headers/addressText';
import { readUint16, readUint32 } from '../headers/bytes';
import { type PortProtocol, serviceName } from '../serviceNames';

/**
 * Raised when a field lies past what was captured; the printer turns it into ` [|tcp]`. Never leaves this folder. `isAbrupt` tells a look at a
 * missing field from a check that was made for it: after the former tcpdump does not know any more where the link header ended.
 */
export class CutShort extends Error {
  constructor(readonly isAbrupt: boolean) {
    super();
  }
}

export interface NamingOptions {
  /** `-n`: hosts and ports as numbers. */
  readonly numeric: boolean;
  /** Name of a host for its address, where there is reverse DNS. */
  readonly hostName?: ((address: string) => string | undefined) | undefined;
}

/** `::ffff:10.0.0.1` and `::10.0.0.1` for addresses that hold one of IPv4 (RFC 5952 §5), as inet_ntop(3) writes them. */
function mixedText(address: Uint8Array): string | undefined {
  const isMapped = readUint16(address, 10) === 0xffff;
  const isMixed = address.subarray(0, 10).every(byte => byte === 0) && (isMapped || readUint16(address, 10) === 0);
  if (!isMixed || (!isMapped && readUint16(address, 12) === 0)) return undefined;
  return `::${isMapped ? 'ffff:' : ''}${formatIpv4(readUint32(address, 12))}`;
}

export interface DetailOptions extends NamingOptions {
  /** `-q`. */
  readonly isQuiet: boolean;
  /** `-e`. */
  readonly showsLinkLevel: boolean;
  /** How often `-v` was given. */
  readonly verbosity: number;
  /** `-K`: checksums of IPv4, TCP and UDP are not shown. */
  readonly skipsChecksums: boolean;
  /** What cannot be read is not shown as a hex dump: with `-q`, and where a dump follows anyway. */
  readonly hidesUnknown: boolean;
}

/**
 * One frame being printed: the bytes, where the captured part of the layer at hand ends, the layer's name for ` [|…]`, and the text so
 * far. Offsets are from the frame's start.
 */
export class Dissection {
  text = '';
  protocol = 'ether';
  end: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly options: DetailOptions,
  ) {
    this.end = bytes.length;
  }

  get isNumeric(): boolean {
    return this.options.numeric;
  }

  get isQuiet(): boolean {
    return this.options.isQuiet;
  }

  get showsLinkLevel(): boolean {
    return this.options.showsLinkLevel;
  }

  get verbosity(): number {
    return this.options.verbosity;
  }

  /** Checksums of IPv4, TCP and UDP are shown: from `-v` on, unless `-K`. */
  get showsChecksums(): boolean {
    return this.options.verbosity > 0 && !this.options.skipsChecksums;
  }

  print(text: string): void {
    this.text += text;
  }

  has(offset: number, length: number): boolean {
    return offset + length <= this.end;
  }

  /** Throws {@link CutShort} unless `length` bytes from `offset` were captured. */
  need(offset: number, length: number): void {
    if (!this.has(offset, length)) throw new CutShort(false);
  }

  /** The same for a look that tcpdump takes without checking first. */
  look(offset: number, length: number): void {
    if (!this.has(offset, length)) throw new CutShort(true);
  }

  /** Prints a packet inside another: the captured part ends no later than at `end`, and what is cut in it is marked and done with. */
  within(end: number, print: () => void): void {
    const outer = this.end;
    this.end = Math.min(outer, end);
    try {
      print();
    } catch (error) {
      if (!(error instanceof CutShort) || error.isAbrupt) throw error;
      this.printCut();
    }
    this.end = outer;
  }

  /** The captured ones of `length` bytes from `offset`. */
  slice(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, Math.min(this.end, offset + length));
  }

  uint8(offset: number): number {
    this.look(offset, 1);
    return this.bytes[offset] as number;
  }

  uint16(offset: number): number {
    this.look(offset, 2);
    return readUint16(this.bytes, offset);
  }

  uint32(offset: number): number {
    this.look(offset, 4);
    return readUint32(this.bytes, offset);
  }

  ipv4(offset: number): string {
    this.look(offset, 4);
    return formatIpv4(readUint32(this.bytes, offset));
  }

  ipv6(offset: number): string {
    this.look(offset, 16);
    return mixedText(this.bytes.subarray(offset, offset + 16)) ?? formatIpv6(this.bytes, offset);
  }

  /** Name or number of the host whose IPv4 address stands at `offset`. */
  host(offset: number): string {
    return this.#named(this.ipv4(offset));
  }

  /** The same for an IPv6 address. */
  host6(offset: number): string {
    return this.#named(this.ipv6(offset));
  }

  port(port: number, protocol: PortProtocol): string {
    return (this.isNumeric ? undefined : serviceName(port, protocol)) ?? String(port);
  }

  printCut(): void {
    this.print(` [|${this.protocol}]`);
  }

  #named(address: string): string {
    return (this.isNumeric ? undefined : this.options.hostName?.(address)) ?? address;
  }
}
