import { cookedBytes, type FrameOrigin } from './headers/cookedFrame';
import { ETHERNET_HEADER_BYTES, EtherType } from './headers/ethernet';
import { CutShort, Dissection, type NamingOptions } from './printer/dissection';
import { type DumpForm, dumpOf, hexDump } from './printer/hexDump';
import { printArp } from './printer/printArp';
import { printIpv4 } from './printer/printIpv4';
import { printIpv6 } from './printer/printIpv6';
import { printCooked, printEthernet, printUnreadHeader } from './printer/printLink';
import { TcpConversations } from './printer/tcpConversations';
import { type TimeForm, timestamp } from './printer/timestamp';

export interface TcpdumpPrinterOptions extends NamingOptions {
  /** `-t` and its repetitions. */
  readonly time: TimeForm;
  /** `-q`. */
  readonly isQuiet: boolean;
  /** `-e`. */
  readonly showsLinkLevel: boolean;
  /** `-S`. */
  readonly hasAbsoluteNumbers: boolean;
  /** `-i any`: the interface's name and the direction stand before each packet. */
  readonly isAnyInterface: boolean;
  /** How often `-v` was given. */
  readonly verbosity: number;
  /** `-K`: checksums of IPv4, TCP and UDP are not shown. */
  readonly skipsChecksums: boolean;
  /** `-x`, `-X`, `-A`: the packet's bytes follow its text. */
  readonly dump: DumpForm;
  /** `-xx`, `-XX`, `-AA`: the link header's bytes too. */
  readonly dumpsLinkLevel: boolean;
}

const defaults: TcpdumpPrinterOptions = {
  numeric: false,
  time: 'timeOfDay',
  isQuiet: false,
  showsLinkLevel: false,
  hasAbsoluteNumbers: false,
  isAnyInterface: false,
  verbosity: 0,
  skipsChecksums: false,
  dump: 'none',
  dumpsLinkLevel: false,
};

/** A frame as it was captured; a tap's frame is one. The origin is for `-i any`. */
export interface PrintableFrame extends FrameOrigin {
  /** Microseconds since 1970. */
  readonly timeMicros: number;
  /** Ethernet bytes, cut to the snapshot length. */
  readonly bytes: Uint8Array;
  /** Length on the wire, when the bytes were cut. */
  readonly originalBytes?: number;
}

/**
 * Prints frames as tcpdump 4.99 does: Ethernet and VLAN tags with IPv4, IPv6 (TCP, UDP, DNS, ICMP, ICMPv6) and ARP. One printer serves one
 * capture, because sequence numbers are relative to what the capture has seen. Times are UTC. Never throws on any bytes.
 */
export class TcpdumpPrinter {
  readonly #options: TcpdumpPrinterOptions;
  readonly #conversations: TcpConversations;
  #firstMicros: number | undefined;
  #previousMicros: number | undefined;

  constructor(options: Partial<TcpdumpPrinterOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#conversations = new TcpConversations(this.#options.hasAbsoluteNumbers);
  }

  /** The line (or lines, with details or a dump) without the final line end. */
  print(frame: PrintableFrame): string {
    this.#firstMicros ??= frame.timeMicros;
    const time = timestamp(
      this.#options.time,
      frame.timeMicros,
      this.#previousMicros ?? frame.timeMicros,
      this.#firstMicros,
    );
    this.#previousMicros = frame.timeMicros;
    const hidesUnknown = this.#options.isQuiet || this.#options.dump === 'hex' || this.#options.dump === 'hexAndText';
    const packet = new Dissection(frame.bytes, { ...this.#options, hidesUnknown });
    const linkBytes = this.#printFrame(packet, frame);
    return time + packet.text + this.#dump(frame, linkBytes);
  }

  /** How many bytes the link header has, for the dump; none when the printing was given up. */
  #printFrame(packet: Dissection, frame: PrintableFrame): number {
    let linkBytes = ETHERNET_HEADER_BYTES;
    try {
      const length = frame.originalBytes ?? frame.bytes.length;
      packet.need(0, ETHERNET_HEADER_BYTES);
      const payload = this.#options.isAnyInterface ? printCooked(packet, frame, length) : printEthernet(packet, length);
      linkBytes = payload?.offset ?? frame.bytes.length;
      if (payload) this.#printPayload(packet, payload.etherType, payload.offset, length);
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      packet.printCut();
      if (error.isAbrupt) return 0;
    }
    return linkBytes;
  }

  #printPayload(packet: Dissection, etherType: number, offset: number, length: number): void {
    switch (etherType) {
      case EtherType.ipv4:
        printIpv4(packet, offset, length - offset, this.#conversations);
        break;
      case EtherType.ipv6:
        printIpv6(packet, offset, length - offset, this.#conversations);
        break;
      case EtherType.arp:
      case EtherType.reverseArp:
        printArp(packet, offset, length - offset);
        break;
      default:
        if (!packet.showsLinkLevel) printUnreadHeader(packet, etherType, length);
        if (!packet.options.hidesUnknown) packet.print(hexDump(packet.bytes.subarray(offset)));
    }
  }

  #dump(frame: PrintableFrame, linkBytes: number): string {
    const { dump, dumpsLinkLevel, isAnyInterface } = this.#options;
    if (dump === 'none') return '';
    if (!dumpsLinkLevel) return dumpOf(dump, frame.bytes.subarray(linkBytes));
    return dumpOf(dump, isAnyInterface ? cookedBytes(frame.bytes, frame) : frame.bytes);
  }
}
