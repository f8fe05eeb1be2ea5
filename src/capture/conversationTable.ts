import type { CaptureFlow } from '../core/captureFlow';
import type { Conversation } from '../core/evidence';
import { ICMP, ICMPV6, TCP, UDP } from '../core/rules/flow';
import { asciiText } from '../packet/reader/bytesText';
import { type PacketFields, ProtocolIndex } from '../packet/reader/packetFields';
import { AddressNumbers } from './addressNumbers';
import type { PacketClasses } from './packetClasses';
import {
  countPacket,
  type FlowSide,
  isSynAlone,
  newSide,
  type TrackedFlow,
  toCaptureFlow,
  toConversation,
} from './trackedFlow';

/** More than enough for a capture that people look at; packets of further ones are counted only. */
const MAX_CONVERSATIONS = 50_000;
const BUCKETS = 1 << 14;

/** Conversations by addresses, ports and protocol, in order of their first packet. */
export class ConversationTable {
  readonly #addresses = new AddressNumbers();
  #buckets = new Array<TrackedFlow | undefined>(BUCKETS).fill(undefined);
  #all: TrackedFlow[] = [];
  #changed: TrackedFlow[] = [];
  #last: TrackedFlow | undefined;
  #untrackedPackets = 0;
  /** The addresses of the packet in hand, as numbers. */
  #source = 0;
  #destination = 0;

  get count(): number {
    return this.#all.length;
  }

  /** Packets of conversations that came when the table was full. */
  get untrackedPackets(): number {
    return this.#untrackedPackets;
  }

  /** Counts a packet whose line is in `bytes`; `packetNumber` is 1-based. Packets without IP addresses are passed over. */
  add(fields: PacketFields, bytes: Uint8Array, classes: PacketClasses, packetNumber: number): void {
    const protocol = ipProtocolOf(fields);
    if (protocol === undefined || (fields.family !== 4 && fields.family !== 6)) return;
    const isNumbered = this.#takeAddresses(fields, bytes);
    const flow = isNumbered ? (this.#find(fields, protocol) ?? this.#begin(fields, protocol, packetNumber)) : undefined;
    if (!flow) {
      this.#untrackedPackets++;
      return;
    }
    this.#last = flow;
    const isFirst = isFrom(flow.sides[0], this.#source, fields.sourcePort);
    countPacket(flow, isFirst ? 0 : 1, fields, classes);
    if (flow.isChanged) return;
    flow.isChanged = true;
    this.#changed.push(flow);
  }

  conversations(): Conversation[] {
    return this.#all.map(flow => toConversation(flow, this.#addresses));
  }

  /** Flows that have changed since they were last taken, at most so many. */
  takeChanged(limit: number): CaptureFlow[] {
    return this.#changed.splice(0, limit).map(flow => {
      flow.isChanged = false;
      return toCaptureFlow(flow, this.#addresses);
    });
  }

  /** Every flow counts as changed: for someone who knows none. */
  changeAll(): void {
    for (const flow of this.#all) flow.isChanged = true;
    this.#changed = [...this.#all];
  }

  clear(): void {
    this.#addresses.clear();
    this.#buckets.fill(undefined);
    this.#all = [];
    this.#changed = [];
    this.#last = undefined;
    this.#untrackedPackets = 0;
  }

  /** False when there are more IPv6 addresses than are kept. */
  #takeAddresses(fields: PacketFields, bytes: Uint8Array): boolean {
    if (fields.family === 4) {
      this.#source = fields.source;
      this.#destination = fields.destination;
      return true;
    }
    const source = this.#addresses.numberOf(asciiText(bytes, fields.sourceStart, fields.sourceEnd));
    const destination = this.#addresses.numberOf(asciiText(bytes, fields.destinationStart, fields.destinationEnd));
    this.#source = source ?? 0;
    this.#destination = destination ?? 0;
    return source !== undefined && destination !== undefined;
  }

  /** A new SYN with another number on used ports begins another conversation. */
  #find(fields: PacketFields, protocol: number): TrackedFlow | undefined {
    const last = this.#last;
    const found = last && this.#isSame(last, fields, protocol) ? last : this.#lookUp(fields, protocol);
    if (!found || protocol !== TCP || !isSynAlone(fields.tcpFlags)) return found;
    return found.firstSynSequence === undefined || found.firstSynSequence === fields.sequence ? found : undefined;
  }

  #lookUp(fields: PacketFields, protocol: number): TrackedFlow | undefined {
    let flow = this.#buckets[this.#bucketOf(fields)];
    while (flow && !this.#isSame(flow, fields, protocol)) flow = flow.next;
    return flow;
  }

  #begin(fields: PacketFields, protocol: number, packetNumber: number): TrackedFlow | undefined {
    if (this.#all.length >= MAX_CONVERSATIONS) return undefined;
    const bucket = this.#bucketOf(fields);
    const flow: TrackedFlow = {
      id: this.#all.length,
      protocol,
      firstPacket: packetNumber,
      firstMicros: fields.timeMicros,
      lastMicros: fields.timeMicros,
      sides: [newSide(this.#source, fields.sourcePort), newSide(this.#destination, fields.destinationPort)],
      sourceSide: 0,
      isSourceCertain: false,
      firstSynSequence: undefined,
      synMicros: 0,
      synAckMicros: 0,
      remoteClass: 0,
      interfaceRow: 0,
      routeRow: 0,
      isChanged: false,
      next: this.#buckets[bucket],
    };
    this.#buckets[bucket] = flow;
    this.#all.push(flow);
    return flow;
  }

  #isSame({ protocol, sides: [a, b] }: TrackedFlow, { sourcePort, destinationPort }: PacketFields, wanted: number) {
    if (protocol !== wanted) return false;
    const source = this.#source;
    const destination = this.#destination;
    if (isFrom(a, source, sourcePort)) return isFrom(b, destination, destinationPort);
    return isFrom(b, source, sourcePort) && isFrom(a, destination, destinationPort);
  }

  /** The same for both directions. */
  #bucketOf({ sourcePort, destinationPort }: PacketFields): number {
    const sum = (this.#source ^ this.#destination) + Math.imul(sourcePort ^ destinationPort, 0x9e3779b1);
    return (sum ^ (sum >>> 15)) & (BUCKETS - 1);
  }
}

function ipProtocolOf({ protocol }: PacketFields): number | undefined {
  switch (protocol) {
    case ProtocolIndex.tcp:
      return TCP;
    case ProtocolIndex.udp:
    case ProtocolIndex.dns:
      return UDP;
    case ProtocolIndex.icmp:
      return ICMP;
    case ProtocolIndex.icmp6:
      return ICMPV6;
    default:
      return undefined;
  }
}

function isFrom(side: FlowSide, address: number, port: number): boolean {
  return side.address === address && side.port === port;
}
