import type { Clock } from '../../../base/clock';
import type { TcpSegment } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';
import { negotiate, openingOptions, type PeerTerms, timestampOptions, timestampsOf } from './tcpNegotiation';

/** The four numbers that name a connection, seen from its owner. */
export interface ConnectionName {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

export interface FrameHost {
  readonly clock: Clock;
  /** The largest segment that fits the interface, without options. */
  readonly segmentBytes: number;
  /** What the SYN says of it: less where the network clamps it on the way. */
  readonly announcedSegmentBytes: number;
  readonly windowScale: number;
  /** Added to milliseconds for the timestamp option (RFC 7323 §5.4: no clock that outsiders can read). */
  readonly timestampOffset: number;
  send(segment: TcpSegment): void;
}

const nothing = new Uint8Array(0);

/** Makes the segments of one connection: ports, scaled windows, options as both ends agreed on them, timestamps. */
export class TcpFrame {
  readonly #name: ConnectionName;
  readonly #host: FrameHost;
  #peer: PeerTerms | undefined;
  #peerTimestamp = 0;

  constructor(name: ConnectionName, host: FrameHost) {
    this.#name = name;
    this.#host = host;
  }

  /** Bytes that options take in every segment after the handshake. */
  get optionBytes(): number {
    return this.#peer?.hasTimestamps ? 12 : 0;
  }

  /** How much data one segment may carry to the other end. */
  get outgoingSegmentBytes(): number {
    const { announcedSegmentBytes } = this.#host;
    return Math.min(this.#peer?.segmentBytes ?? announcedSegmentBytes, announcedSegmentBytes) - this.optionBytes;
  }

  /** Reads the peer's SYN or SYN-ACK. */
  learn(segment: TcpSegment): void {
    this.#peer = negotiate(segment.options, this.#host.windowScale);
    this.#peerTimestamp = timestampsOf(segment)?.value ?? 0;
  }

  /** The window that a segment offers, in bytes; that of a SYN is not scaled. */
  windowOf(segment: TcpSegment): number {
    return segment.flags & TcpFlag.syn ? segment.window : segment.window << (this.#peer?.windowScale ?? 0);
  }

  /** Remembers the peer's clock; the round trip in milliseconds, when a timestamp of ours came back. */
  noteTimestamps(segment: TcpSegment): number | undefined {
    const timestamps = timestampsOf(segment);
    if (!timestamps) return undefined;
    this.#peerTimestamp = timestamps.value;
    return timestamps.echo === 0 ? undefined : Math.max(0, (this.#timestamp - timestamps.echo) | 0);
  }

  /** A SYN, or with an acknowledgment the SYN-ACK that answers one. */
  sendOpening(opening: {
    readonly sequence: number;
    readonly acknowledgment: number | undefined;
    readonly window: number;
  }): void {
    const { sequence, acknowledgment, window } = opening;
    const timestamps = { value: this.#timestamp, echo: this.#peerTimestamp };
    this.#host.send({
      ...this.#ports,
      sequence,
      acknowledgment: acknowledgment ?? 0,
      flags: TcpFlag.syn | (acknowledgment === undefined ? 0 : TcpFlag.ack),
      window,
      options: openingOptions(this.#host, timestamps, this.#peer),
      payload: nothing,
    });
  }

  /** Any later segment; `window` in bytes. */
  send(segment: Pick<TcpSegment, 'sequence' | 'acknowledgment' | 'flags' | 'window' | 'payload'>): void {
    const scale = this.#peer?.ownWindowScale ?? 0;
    const options = this.#peer?.hasTimestamps ? timestampOptions(this.#timestamp, this.#peerTimestamp) : [];
    const window = Math.min(Math.ceil(segment.window / 2 ** scale), 0xffff);
    this.#host.send({ ...this.#ports, ...segment, window, options });
  }

  get #ports() {
    return { sourcePort: this.#name.localPort, destinationPort: this.#name.remotePort };
  }

  get #timestamp(): number {
    return (Math.floor(this.#host.clock.now()) + this.#host.timestampOffset) >>> 0;
  }
}
