import { ETHERNET_HEADER_BYTES, EtherType } from './headers/ethernet';
import { CutShort, Dissection, type NamingOptions } from './printer/dissection';
import { hexDump } from './printer/hexDump';
import { linkAddress } from './printer/linkAddress';
import { printArp } from './printer/printArp';
import { printIpv4 } from './printer/printIpv4';
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
}

/** A frame as it was captured; a tap's frame is one. */
export interface PrintableFrame {
  /** Microseconds since 1970. */
  readonly timeMicros: number;
  /** Ethernet bytes, cut to the snapshot length. */
  readonly bytes: Uint8Array;
  /** Length on the wire, when the bytes were cut. */
  readonly originalBytes?: number;
  /** For `-i any`. */
  readonly interfaceName?: string;
  readonly interfaceIndex?: number;
  readonly direction?: 'in' | 'out';
}

const directionWords = { in: 'In ', out: 'Out' };

/** LINUX_SLL2's header, which stands in the place of Ethernet's when capturing on `any`. */
const SLL2_HEADER_BYTES = 20;

/**
 * Prints frames as tcpdump 4.99 does: Ethernet with IPv4 (TCP, UDP, DNS, ICMP) and ARP. One printer serves one capture, because sequence
 * numbers are relative to what the capture has seen. Times are UTC. Never throws on any bytes.
 */
export class TcpdumpPrinter {
  readonly #options: TcpdumpPrinterOptions;
  readonly #conversations: TcpConversations;
  #firstMicros: number | undefined;
  #previousMicros: number | undefined;

  constructor(options: Partial<TcpdumpPrinterOptions> = {}) {
    this.#options = {
      numeric: false,
      time: 'timeOfDay',
      isQuiet: false,
      showsLinkLevel: false,
      hasAbsoluteNumbers: false,
      isAnyInterface: false,
      ...options,
    };
    this.#conversations = new TcpConversations(this.#options.hasAbsoluteNumbers);
  }

  /** The line (or lines, for a packet that is shown as a hex dump) without the final line end. */
  print(frame: PrintableFrame): string {
    this.#firstMicros ??= frame.timeMicros;
    const time = timestamp(
      this.#options.time,
      frame.timeMicros,
      this.#previousMicros ?? frame.timeMicros,
      this.#firstMicros,
    );
    this.#previousMicros = frame.timeMicros;
    const { isQuiet, showsLinkLevel } = this.#options;
    const packet = new Dissection(frame.bytes, this.#options, isQuiet, showsLinkLevel);
    try {
      this.#printFrame(packet, frame);
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      packet.printCut();
    }
    return time + packet.text;
  }

  #printFrame(packet: Dissection, frame: PrintableFrame): void {
    const length = frame.originalBytes ?? frame.bytes.length;
    packet.need(0, ETHERNET_HEADER_BYTES);
    if (this.#options.isAnyInterface) this.#printCooked(packet, frame, length);
    else if (packet.showsLinkLevel) this.#printEthernet(packet, length);
    const payloadBytes = length - ETHERNET_HEADER_BYTES;
    switch (packet.uint16(12)) {
      case EtherType.ipv4:
        printIpv4(packet, ETHERNET_HEADER_BYTES, payloadBytes, this.#conversations);
        break;
      case EtherType.arp:
        printArp(packet, ETHERNET_HEADER_BYTES, payloadBytes);
        break;
      default:
        this.#printUnknown(packet, length);
    }
  }

  #printEthernet(packet: Dissection, length: number): void {
    const kind = this.#etherTypeText(packet.uint16(12));
    packet.print(`${linkAddress(packet, 6)} > ${linkAddress(packet, 0)}, ${kind}, length ${length}: `);
  }

  #printCooked(packet: Dissection, frame: PrintableFrame, length: number): void {
    packet.print(`${(frame.interfaceName ?? '').padEnd(5)} ${directionWords[frame.direction ?? 'in']} `);
    if (!packet.showsLinkLevel) return;
    packet.print(`ifindex ${frame.interfaceIndex ?? 0} ${linkAddress(packet, 6)} `);
    if (this.#options.isQuiet) return;
    const cookedBytes = length - ETHERNET_HEADER_BYTES + SLL2_HEADER_BYTES;
    packet.print(`${this.#etherTypeText(packet.uint16(12))}, length ${cookedBytes}: `);
  }

  #printUnknown(packet: Dissection, length: number): void {
    if (!packet.showsLinkLevel) this.#printEthernet(packet, length);
    if (!packet.isQuiet) packet.print(hexDump(packet.bytes.subarray(ETHERNET_HEADER_BYTES)));
  }

  #etherTypeText(type: number): string {
    const name = etherTypeNames[type];
    if (this.#options.isQuiet) return name ?? `Unknown Ethertype (0x${hex4(type)})`;
    return `ethertype ${name ?? 'Unknown'} (0x${hex4(type)})`;
  }
}

const etherTypeNames: Readonly<Record<number, string>> = {
  [EtherType.ipv4]: 'IPv4',
  [EtherType.arp]: 'ARP',
  [EtherType.ipv6]: 'IPv6',
  [EtherType.vlan]: '802.1Q',
};

const hex4 = (number: number) => number.toString(16).padStart(4, '0');
