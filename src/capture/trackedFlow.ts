import type { CaptureFlow, FlowState } from '../core/captureFlow';
import type { Conversation } from '../core/evidence';
import { TCP } from '../core/rules/flow';
import { ABSENT_LENGTH, TcpFlag } from '../packet/packetColumns';
import type { PacketFields } from '../packet/reader/packetFields';
import type { AddressNumbers } from './addressNumbers';
import type { PacketClasses } from './packetClasses';

/** What one side of a conversation has sent. */
export interface FlowSide {
  /** See {@link AddressNumbers}. */
  readonly address: number;
  readonly port: number;
  packets: number;
  bytes: number;
  syns: number;
  synAcks: number;
  resets: number;
  fins: number;
  /** Packets that are neither SYN nor reset. */
  others: number;
  retransmissions: number;
  /** Where its data ends so far, by the printed numbers (RFC 9293 §3.4: modulo 2^32); meaningless while `hasData` is false. */
  dataEnd: number;
  hasData: boolean;
}

export interface TrackedFlow {
  readonly id: number;
  readonly protocol: number;
  readonly firstPacket: number;
  readonly firstMicros: number;
  lastMicros: number;
  /** The side that sent the first packet, then the other. */
  readonly sides: readonly [FlowSide, FlowSide];
  /** Which side is the source: 0, unless the handshake says otherwise. */
  sourceSide: 0 | 1;
  /** The handshake was seen: the source is certain. */
  isSourceCertain: boolean;
  firstSynSequence: number | undefined;
  synMicros: number;
  /** 0 until it was seen. */
  synAckMicros: number;
  remoteClass: number;
  interfaceRow: number;
  routeRow: number;
  /** It has changed since it was last told. */
  isChanged: boolean;
  /** Next conversation in the same bucket. */
  next: TrackedFlow | undefined;
}

export const newSide = (address: number, port: number): FlowSide => ({
  address,
  port,
  packets: 0,
  bytes: 0,
  syns: 0,
  synAcks: 0,
  resets: 0,
  fins: 0,
  others: 0,
  retransmissions: 0,
  dataEnd: 0,
  hasData: false,
});

export const isSynAlone = (flags: number) => (flags & (TcpFlag.syn | TcpFlag.ack)) === TcpFlag.syn;

/** Counts a packet that side `sender` has sent. */
export function countPacket(flow: TrackedFlow, sender: 0 | 1, fields: PacketFields, classes: PacketClasses): void {
  const side = flow.sides[sender];
  const bytes = fields.length === ABSENT_LENGTH ? 0 : fields.length;
  side.packets++;
  side.bytes += bytes;
  flow.lastMicros = fields.timeMicros;
  if (flow.remoteClass === 0) {
    flow.remoteClass = classes.remoteClass;
    flow.interfaceRow = classes.interfaceRow;
    flow.routeRow = classes.routeRow;
  }
  if (flow.protocol === TCP) countSegment(flow, side, sender, fields, bytes);
  else side.others++;
}

function countSegment(flow: TrackedFlow, side: FlowSide, sender: 0 | 1, fields: PacketFields, bytes: number): void {
  const flags = fields.tcpFlags;
  if (flags & TcpFlag.rst) side.resets++;
  else if (isSynAlone(flags)) side.syns++;
  else if (flags & TcpFlag.syn) side.synAcks++;
  else {
    // `-q` prints no flags; then only data shows that the connection stands.
    if (flags !== 0 || bytes > 0) side.others++;
    if (flags & TcpFlag.fin) side.fins++;
    if (bytes > 0 && flags !== 0) followData(flow, side, fields.sequence + bytes);
  }
  if (flags & TcpFlag.syn && !flow.isSourceCertain) settleSource(flow, sender, fields);
  if (flags & TcpFlag.syn && flags & TcpFlag.ack && flow.synAckMicros === 0) flow.synAckMicros = fields.timeMicros;
}

/**
 * Data that ends no later than what was sent before is sent again. The first packet of a conversation that began before the capture is
 * passed over: tcpdump prints its numbers whole and counts from them afterwards ("tcpdump(1): TCP Packets").
 */
function followData(flow: TrackedFlow, side: FlowSide, end: number): void {
  if (!flow.isSourceCertain && flow.sides[0].packets + flow.sides[1].packets === 1) return;
  if (side.hasData && ((end - side.dataEnd) | 0) <= 0) {
    side.retransmissions++;
    return;
  }
  side.hasData = true;
  side.dataEnd = end;
}

function settleSource(flow: TrackedFlow, sender: 0 | 1, { tcpFlags, sequence, timeMicros }: PacketFields): void {
  flow.isSourceCertain = true;
  if (isSynAlone(tcpFlags)) {
    flow.sourceSide = sender;
    flow.firstSynSequence = sequence;
    flow.synMicros = timeMicros;
  } else flow.sourceSide = sender === 0 ? 1 : 0;
}

/** The side that began it, then the other. */
function endsOf({ sides, sourceSide }: TrackedFlow): readonly [FlowSide, FlowSide] {
  return [sides[sourceSide], sides[sourceSide === 0 ? 1 : 0]];
}

export function toConversation(flow: TrackedFlow, addresses: AddressNumbers): Conversation {
  const [source, destination] = endsOf(flow);
  return {
    protocol: flow.protocol,
    source: addresses.textOf(source.address),
    sourcePort: source.port,
    destination: addresses.textOf(destination.address),
    destinationPort: destination.port,
    packets: source.packets + destination.packets,
    sentPackets: source.packets,
    firstPacket: flow.firstPacket,
    synCount: source.syns,
    isAnswered: isAnswered(destination),
    isContinued: source.others > 0,
    resetCount: destination.resets,
  };
}

export function toCaptureFlow(flow: TrackedFlow, addresses: AddressNumbers): CaptureFlow {
  const [source, destination] = endsOf(flow);
  const { id, protocol, firstPacket, firstMicros, lastMicros, remoteClass, interfaceRow, routeRow } = flow;
  const hasHandshake = source.syns > 0 && flow.synAckMicros > 0;
  return {
    id,
    protocol,
    source: addresses.textOf(source.address),
    sourcePort: source.port,
    destination: addresses.textOf(destination.address),
    destinationPort: destination.port,
    firstPacket,
    firstMicros,
    lastMicros,
    sentPackets: source.packets,
    receivedPackets: destination.packets,
    sentBytes: source.bytes,
    receivedBytes: destination.bytes,
    synCount: source.syns,
    retransmissions: source.retransmissions + destination.retransmissions,
    resets: source.resets + destination.resets,
    handshakeMicros: hasHandshake ? Math.max(0, flow.synAckMicros - flow.synMicros) : undefined,
    state: protocol === TCP ? tcpState(source, destination) : destination.packets > 0 ? 'answered' : 'oneWay',
    remoteClass,
    interfaceRow,
    routeRow,
  };
}

const isAnswered = (destination: FlowSide) => destination.synAcks + destination.others + destination.syns > 0;

function tcpState(source: FlowSide, destination: FlowSide): FlowState {
  if (source.fins > 0 && destination.fins > 0) return 'closed';
  const wasOpen = isAnswered(destination) || source.others > 0;
  if (source.resets + destination.resets > 0) return wasOpen || destination.resets === 0 ? 'reset' : 'refused';
  if (wasOpen) return source.fins + destination.fins > 0 ? 'closing' : 'open';
  return source.syns > 1 ? 'noAnswer' : 'waiting';
}
