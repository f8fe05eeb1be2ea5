import type { TcpSegment } from '../../../packet/headers/tcp';
import type { TcpOption } from '../../../packet/headers/tcpOptions';

/** What the two ends agreed on in their SYNs. */
export interface PeerTerms {
  /** Largest segment the peer takes; RFC 9293 §3.7.1 assumes 536 when it does not say. */
  readonly segmentBytes: number;
  /** Shift of the windows that the peer sends. */
  readonly windowScale: number;
  /** Shift of our own windows: 0 unless both ends scale (RFC 7323 §2.2). */
  readonly ownWindowScale: number;
  readonly hasTimestamps: boolean;
  readonly permitsSelectiveAck: boolean;
}

export interface Timestamps {
  readonly value: number;
  readonly echo: number;
}

type Kind<K extends TcpOption['kind']> = Extract<TcpOption, { kind: K }>;

function find<K extends TcpOption['kind']>(options: readonly TcpOption[], kind: K): Kind<K> | undefined {
  return options.find((option): option is Kind<K> => option.kind === kind);
}

/** Reads the peer's SYN. */
export function negotiate(options: readonly TcpOption[], ownWindowScale: number): PeerTerms {
  const scale = find(options, 'windowScale');
  return {
    segmentBytes: Math.max(find(options, 'maximumSegmentSize')?.bytes ?? 536, 88),
    windowScale: Math.min(scale?.shift ?? 0, 14),
    ownWindowScale: scale ? ownWindowScale : 0,
    hasTimestamps: find(options, 'timestamps') !== undefined,
    permitsSelectiveAck: find(options, 'selectiveAckPermitted') !== undefined,
  };
}

/** Options of a SYN, or of the SYN-ACK that answers `peer`, in the order in which Linux writes them. */
export function openingOptions(
  own: { readonly announcedSegmentBytes: number; readonly windowScale: number },
  timestamps: Timestamps,
  peer: PeerTerms | undefined,
): TcpOption[] {
  const options: TcpOption[] = [{ kind: 'maximumSegmentSize', bytes: own.announcedSegmentBytes }];
  const permitsSelectiveAck = peer?.permitsSelectiveAck ?? true;
  const hasTimestamps = peer?.hasTimestamps ?? true;
  if (permitsSelectiveAck && !hasTimestamps) options.push({ kind: 'noOperation' }, { kind: 'noOperation' });
  if (permitsSelectiveAck) options.push({ kind: 'selectiveAckPermitted' });
  if (hasTimestamps && !permitsSelectiveAck) options.push({ kind: 'noOperation' }, { kind: 'noOperation' });
  if (hasTimestamps) options.push({ kind: 'timestamps', ...timestamps });
  if (!peer || peer.ownWindowScale > 0)
    options.push({ kind: 'noOperation' }, { kind: 'windowScale', shift: own.windowScale });
  return options;
}

/** Options of every later segment (RFC 7323 appendix A). */
export function timestampOptions(value: number, echo: number): TcpOption[] {
  return [{ kind: 'noOperation' }, { kind: 'noOperation' }, { kind: 'timestamps', value, echo }];
}

export function timestampsOf(segment: TcpSegment): Timestamps | undefined {
  return find(segment.options, 'timestamps');
}
