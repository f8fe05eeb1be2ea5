/**
 * Packets as columns: the shape in which they are stored in the ring and travel to the page in one exact-size ArrayBuffer.
 * One row is 41 bytes and its line. All columns of a batch have the same length.
 */

/** Protocol numbers of the `protocol` column. Append only: the numbers travel between host and page. */
export const packetProtocols = ['?', 'TCP', 'UDP', 'DNS', 'ICMP', 'ICMP6', 'ARP', 'other'] as const;
export type PacketProtocol = (typeof packetProtocols)[number];

/** TCP flags as in the header, RFC 9293 §3.1. */
export const TcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 } as const;

/** Value of a column for "not printed". */
export const ABSENT_PORT = 0;
export const ABSENT_LENGTH = 0xffff_ffff;

export interface PacketColumns {
  /** Rows that are filled. */
  readonly count: number;
  /** Microseconds since 1970 when the line has a date, else since midnight. */
  readonly timeMicros: Float64Array;
  /** IPv4 address as a number; 0 with `family` 0 when there is none. */
  readonly source: Uint32Array;
  readonly destination: Uint32Array;
  readonly length: Uint32Array;
  /** TCP's first sequence number as printed (relative or not); 0 when absent. */
  readonly sequence: Uint32Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
  /** Where the rest of the line begins (after `src > dst: `), in bytes from the line's start. */
  readonly infoStart: Uint16Array;
  readonly protocol: Uint8Array;
  readonly tcpFlags: Uint8Array;
  /** 4 when both IPv4 addresses are known; 6 for IPv6, whose addresses stand in the line only; else 0. */
  readonly family: Uint8Array;
  /** Index into core's `addressClasses`, for either side. */
  readonly sourceClass: Uint8Array;
  readonly destinationClass: Uint8Array;
  /** Number of the matching row among the interfaces shown, 1-based, 0 none. */
  readonly interfaceRow: Uint8Array;
  /** Number of the matching row in the route table shown, 1-based, 0 none. */
  readonly routeRow: Uint8Array;
  /** Line i is bytes lineEnd[i-1] (or 0) to lineEnd[i] of `text`, UTF-8, without its line end. */
  readonly lineEnd: Uint32Array;
  readonly text: Uint8Array;
}
