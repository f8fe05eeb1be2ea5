import type { TcpSegment } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';
import { sequenceAfter } from './sequence';

const nothing = new Uint8Array(0);

/** What a segment earns that belongs to no connection (RFC 9293 §3.10.7.1); undefined for a reset, which is never answered. */
export function resetAnswering(segment: TcpSegment): TcpSegment | undefined {
  if (segment.flags & TcpFlag.rst) return undefined;
  const isAcknowledgment = (segment.flags & TcpFlag.ack) !== 0;
  const taken = segment.payload.length + (segment.flags & TcpFlag.syn ? 1 : 0) + (segment.flags & TcpFlag.fin);
  return {
    sourcePort: segment.destinationPort,
    destinationPort: segment.sourcePort,
    sequence: isAcknowledgment ? segment.acknowledgment : 0,
    acknowledgment: isAcknowledgment ? 0 : sequenceAfter(segment.sequence, taken),
    flags: isAcknowledgment ? TcpFlag.rst : TcpFlag.rst | TcpFlag.ack,
    window: 0,
    options: [],
    payload: nothing,
  };
}
