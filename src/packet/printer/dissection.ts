import { formatIpv4 } from '../../core/ipv4';
import { formatIpv6 } from '../headers/addressText';
import { readUint16, readUint32 } from '../headers/bytes';
import { type PortProtocol, serviceName } from '../serviceNames';

/** Raised when a field lies past what was captured; the printer turns it into ` [|tcp]`. Never leaves this folder. */
export class CutShort extends Error {}

export interface NamingOptions {
  /** `-n`: hosts and ports as numbers. */
  readonly numeric: boolean;
  /** Name of a host for its address, where there is reverse DNS. */
  readonly hostName?: ((address: string) => string | undefined) | undefined;
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
    readonly naming: NamingOptions,
    readonly isQuiet: boolean,
    readonly showsLinkLevel: boolean,
  ) {
    this.end = bytes.length;
  }

  print(text: string): void {
    this.text += text;
  }

  has(offset: number, length: number): boolean {
    return offset + length <= this.end;
  }

  /** Throws {@link CutShort} unless `length` bytes from `offset` were captured. */
  need(offset: number, length: number): void {
    if (!this.has(offset, length)) throw new CutShort();
  }

  uint8(offset: number): number {
    this.need(offset, 1);
    return this.bytes[offset] as number;
  }

  uint16(offset: number): number {
    this.need(offset, 2);
    return readUint16(this.bytes, offset);
  }

  uint32(offset: number): number {
    this.need(offset, 4);
    return readUint32(this.bytes, offset);
  }

  ipv4(offset: number): string {
    this.need(offset, 4);
    return formatIpv4(readUint32(this.bytes, offset));
  }

  ipv6(offset: number): string {
    this.need(offset, 16);
    return formatIpv6(this.bytes, offset);
  }

  /** Name or number of the host whose address stands at `offset`. */
  host(offset: number): string {
    const address = this.ipv4(offset);
    return (this.naming.numeric ? undefined : this.naming.hostName?.(address)) ?? address;
  }

  port(port: number, protocol: PortProtocol): string {
    return (this.naming.numeric ? undefined : serviceName(port, protocol)) ?? String(port);
  }

  printCut(): void {
    this.print(` [|${this.protocol}]`);
  }
}
