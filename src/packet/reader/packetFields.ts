import { ABSENT_LENGTH, ABSENT_PORT } from '../packetColumns';

/** Indices into `packetProtocols`. */
export const ProtocolIndex = { unknown: 0, tcp: 1, udp: 2, dns: 3, icmp: 4, icmp6: 5, arp: 6, other: 7 } as const;

/**
 * What one printed packet says. One object is filled again and again, so that reading allocates nothing. Offsets count in the array
 * that holds the line; where nothing is printed, start and end are equal.
 */
export class PacketFields {
  /** The time as printed, date included. */
  timeStart = 0;
  timeEnd = 0;
  /** Microseconds since 1970 with a date (or `-tt`), else since midnight (or as a difference); 0 without a time. */
  timeMicros = 0;
  protocol: number = ProtocolIndex.unknown;
  /** The printed word that names the protocol, when `protocol` is `other`. */
  wordStart = 0;
  wordEnd = 0;
  /** 4 when both addresses are known as numbers, 6 for IPv6, 0 else. */
  family = 0;
  source = 0;
  destination = 0;
  sourcePort = ABSENT_PORT;
  destinationPort = ABSENT_PORT;
  /** The host's text, without its port; the port's text, if there is one, lies between a dot and `…PortEnd`. */
  sourceStart = 0;
  sourceEnd = 0;
  sourcePortEnd = 0;
  destinationStart = 0;
  destinationEnd = 0;
  destinationPortEnd = 0;
  /** Each side's address was understood as a number. */
  isSourceKnown = false;
  isDestinationKnown = false;
  length = ABSENT_LENGTH;
  sequence = 0;
  tcpFlags = 0;
  infoStart = 0;
  /** The line is the first of two: with `-v` the addresses of an IPv4 packet stand on the next one. */
  continues = false;

  /** Forgets the line before. `start` is where the new one begins. */
  reset(start: number): void {
    this.timeStart = start;
    this.timeEnd = start;
    this.timeMicros = 0;
    this.protocol = ProtocolIndex.unknown;
    this.wordStart = start;
    this.wordEnd = start;
    this.forgetEndpoints(start);
    this.length = ABSENT_LENGTH;
    this.sequence = 0;
    this.tcpFlags = 0;
    this.infoStart = start;
    this.continues = false;
  }

  /** Neither address nor port was printed. */
  forgetEndpoints(start: number): void {
    this.family = 0;
    this.source = 0;
    this.destination = 0;
    this.sourcePort = ABSENT_PORT;
    this.destinationPort = ABSENT_PORT;
    this.sourceStart = start;
    this.sourceEnd = start;
    this.sourcePortEnd = start;
    this.destinationStart = start;
    this.destinationEnd = start;
    this.destinationPortEnd = start;
    this.isSourceKnown = false;
    this.isDestinationKnown = false;
  }

  /** The line has a time in front. */
  get hasTime(): boolean {
    return this.timeEnd > this.timeStart;
  }
}
