import type { Conversation } from '../core/evidence';
import { formatIpv4 } from '../core/ipv4';
import { ICMP, TCP, UDP } from '../core/rules/flow';
import { ABSENT_LENGTH, TcpFlag } from '../packet/packetColumns';
import { type PacketFields, ProtocolIndex } from '../packet/reader/packetFields';

/** What one side of a conversation has sent. */
interface Side {
  readonly address: number;
  readonly port: number;
  packets: number;
  syns: number;
  resets: number;
  /** Packets that are neither SYN nor reset. */
  others: number;
  synAcks: number;
}

interface Tracked {
  readonly protocol: number;
  readonly firstPacket: number;
  /** The side that sent the first packet, then the other. */
  readonly sides: readonly [Side, Side];
  /** Which side is the source: 0, unless the handshake says otherwise. */
  sourceSide: 0 | 1;
  /** The handshake was seen: the source is certain. */
  isSourceCertain: boolean;
  firstSynSequence: number | undefined;
  /** Next conversation in the same bucket. */
  next: Tracked | undefined;
}

/** More than enough for a capture that people look at; packets of further ones are counted only. */
const MAX_CONVERSATIONS = 50_000;
const BUCKETS = 1 << 14;

/** Conversations by addresses, ports and protocol, in order of their first packet. */
export class ConversationTable {
  #buckets = new Array<Tracked | undefined>(BUCKETS).fill(undefined);
  #all: Tracked[] = [];
  #last: Tracked | undefined;
  #untrackedPackets = 0;

  /** Packets of conversations that came when the table was full. */
  get untrackedPackets(): number {
    return this.#untrackedPackets;
  }

  /** Counts a packet; `packetNumber` is 1-based. Packets without IPv4 addresses are passed over. */
  add(fields: PacketFields, packetNumber: number): void {
    const protocol = ipProtocolOf(fields);
    if (protocol === undefined) return;
    const tracked = this.#find(fields, protocol) ?? this.#begin(fields, protocol, packetNumber);
    if (!tracked) {
      this.#untrackedPackets++;
      return;
    }
    this.#last = tracked;
    const sender = isFrom(tracked.sides[0], fields) ? 0 : 1;
    count(tracked.sides[sender], fields, protocol);
    if (protocol === TCP && !tracked.isSourceCertain) settleSource(tracked, sender, fields);
  }

  conversations(): Conversation[] {
    return this.#all.map(toConversation);
  }

  clear(): void {
    this.#buckets.fill(undefined);
    this.#all = [];
    this.#last = undefined;
    this.#untrackedPackets = 0;
  }

  /** A new SYN with another number on used ports begins another conversation. */
  #find(fields: PacketFields, protocol: number): Tracked | undefined {
    const last = this.#last;
    const found = last && isSame(last, fields, protocol) ? last : this.#lookUp(fields, protocol);
    if (!found || protocol !== TCP || !isSynAlone(fields.tcpFlags)) return found;
    return found.firstSynSequence === undefined || found.firstSynSequence === fields.sequence ? found : undefined;
  }

  #lookUp(fields: PacketFields, protocol: number): Tracked | undefined {
    let tracked = this.#buckets[bucketOf(fields)];
    while (tracked && !isSame(tracked, fields, protocol)) tracked = tracked.next;
    return tracked;
  }

  #begin(fields: PacketFields, protocol: number, packetNumber: number): Tracked | undefined {
    if (this.#all.length >= MAX_CONVERSATIONS) return undefined;
    const bucket = bucketOf(fields);
    const tracked: Tracked = {
      protocol,
      firstPacket: packetNumber,
      sides: [newSide(fields.source, fields.sourcePort), newSide(fields.destination, fields.destinationPort)],
      sourceSide: 0,
      isSourceCertain: false,
      firstSynSequence: undefined,
      next: this.#buckets[bucket],
    };
    this.#buckets[bucket] = tracked;
    this.#all.push(tracked);
    return tracked;
  }
}

function ipProtocolOf({ family, protocol }: PacketFields): number | undefined {
  if (family !== 4) return undefined;
  switch (protocol) {
    case ProtocolIndex.tcp:
      return TCP;
    case ProtocolIndex.udp:
    case ProtocolIndex.dns:
      return UDP;
    case ProtocolIndex.icmp:
      return ICMP;
    default:
      return undefined;
  }
}

const newSide = (address: number, port: number): Side => ({
  address,
  port,
  packets: 0,
  syns: 0,
  resets: 0,
  others: 0,
  synAcks: 0,
});

function isFrom(side: Side, fields: PacketFields): boolean {
  return side.address === fields.source && side.port === fields.sourcePort;
}

function isSame({ protocol, sides: [a, b] }: Tracked, fields: PacketFields, wanted: number): boolean {
  if (protocol !== wanted) return false;
  const { source, destination, sourcePort, destinationPort } = fields;
  if (a.address === source && a.port === sourcePort) return b.address === destination && b.port === destinationPort;
  return b.address === source && b.port === sourcePort && a.address === destination && a.port === destinationPort;
}

/** The same for both directions. */
function bucketOf({ source, destination, sourcePort, destinationPort }: PacketFields): number {
  const sum = (source ^ destination) + Math.imul(sourcePort ^ destinationPort, 0x9e3779b1);
  return (sum ^ (sum >>> 15)) & (BUCKETS - 1);
}

const isSynAlone = (flags: number) => (flags & (TcpFlag.syn | TcpFlag.ack)) === TcpFlag.syn;

function count(side: Side, fields: PacketFields, protocol: number): void {
  side.packets++;
  if (protocol !== TCP) {
    side.others++;
    return;
  }
  const flags = fields.tcpFlags;
  if (flags & TcpFlag.rst) side.resets++;
  else if (isSynAlone(flags)) side.syns++;
  else if (flags & TcpFlag.syn) side.synAcks++;
  // `-q` prints no flags; then only data shows that the connection stands.
  else if (flags !== 0 || hasData(fields)) side.others++;
}

const hasData = ({ length }: PacketFields) => length !== ABSENT_LENGTH && length > 0;

function settleSource(tracked: Tracked, sender: 0 | 1, { tcpFlags, sequence }: PacketFields): void {
  if (!(tcpFlags & TcpFlag.syn)) return;
  tracked.isSourceCertain = true;
  if (isSynAlone(tcpFlags)) {
    tracked.sourceSide = sender;
    tracked.firstSynSequence = sequence;
  } else tracked.sourceSide = sender === 0 ? 1 : 0;
}

function toConversation({ protocol, firstPacket, sides, sourceSide }: Tracked): Conversation {
  const source = sides[sourceSide];
  const destination = sides[sourceSide === 0 ? 1 : 0];
  return {
    protocol,
    source: formatIpv4(source.address),
    sourcePort: source.port,
    destination: formatIpv4(destination.address),
    destinationPort: destination.port,
    packets: source.packets + destination.packets,
    sentPackets: source.packets,
    firstPacket,
    synCount: source.syns,
    isAnswered: destination.synAcks + destination.others + destination.syns > 0,
    isContinued: source.others > 0,
    resetCount: destination.resets,
  };
}
