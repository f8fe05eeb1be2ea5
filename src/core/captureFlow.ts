import type { IpProtocol } from './network';

/** What became of a conversation, as far as its packets tell. */
export type FlowState =
  /** TCP: one SYN, nothing back yet. */
  | 'waiting'
  /** TCP: the SYN was sent again and again, nothing came back. */
  | 'noAnswer'
  /** TCP: the first answer was a reset. */
  | 'refused'
  /** TCP: open, or begun before the capture. */
  | 'open'
  /** TCP: one side has said FIN. */
  | 'closing'
  /** TCP: both sides have said FIN. */
  | 'closed'
  /** TCP: ended by a reset after it was open. */
  | 'reset'
  /** Other protocols: packets both ways, or one way only. */
  | 'answered'
  | 'oneWay';

export const flowStates: readonly FlowState[] = [
  'waiting',
  'noAnswer',
  'refused',
  'open',
  'closing',
  'closed',
  'reset',
  'answered',
  'oneWay',
];

/**
 * One conversation as a table shows it. Source is the end that began it (see `Conversation`); `sent` is what the source sent. Bytes are of
 * payload, as tcpdump's `length` says.
 */
export interface CaptureFlow {
  /** Its place in the order of first packets, 0-based: it stays the same. */
  readonly id: number;
  readonly protocol: IpProtocol;
  readonly source: string;
  /** 0 for protocols without ports. */
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** 1-based number of its first packet since the capture began. */
  readonly firstPacket: number;
  /** Times as `PacketColumns.timeMicros`. */
  readonly firstMicros: number;
  readonly lastMicros: number;
  readonly sentPackets: number;
  readonly receivedPackets: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly synCount: number;
  /** Segments with data that either side sent again. */
  readonly retransmissions: number;
  /** Resets of either side. */
  readonly resets: number;
  /** From the first SYN to the SYN-ACK by the capture's clock, so that it includes the retries; undefined when not both were seen. */
  readonly handshakeMicros: number | undefined;
  readonly state: FlowState;
  /** Of the side that is not the capturing interface; an index into `addressClasses`. */
  readonly remoteClass: number;
  /** As in `PacketColumns`, of the flow's first packet whose place was known. */
  readonly interfaceRow: number;
  readonly routeRow: number;
}
