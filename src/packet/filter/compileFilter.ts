import { prefixMask } from '../../core/ipv4';
import { readUint16, readUint32 } from '../headers/bytes';
import { EtherType } from '../headers/ethernet';
import { IpProtocolNumber } from '../headers/ipv4';
import { IPV6_HEADER_BYTES } from '../headers/ipv6';
import { Ipv6ExtensionNumber } from '../headers/ipv6Extensions';
import { comparisonCondition } from './comparisonCondition';
import {
  addCondition,
  type Condition,
  equal,
  FALSE,
  linkField,
  linkTypeField,
  linkTypeIs,
  masked,
  maskedEqual,
  networkField,
  TRUE,
  transportField,
} from './conditions';
import { ACCEPT, DecisionGraph, REJECT } from './decisionGraph';
import type { Direction, FilterNode, ProtocolName } from './filterSyntax';

/** What decides on frames. */
export interface Program {
  readonly graph: DecisionGraph;
  /** Where it begins. */
  readonly start: number;
}

/**
 * Compiles a condition as libpcap does: the same comparisons in the same order, less those whose outcome is known. Hence the same packets
 * are accepted, cut ones too, and the same conditions turn out to reject all.
 */
export function compileFilter(root: FilterNode): Program {
  const graph = new DecisionGraph();
  return { graph, start: graph.simplify(addCondition(graph, conditionOf(root, 0), ACCEPT, REJECT)) };
}

/** What stands behind so many bytes of VLAN tags. */
function conditionOf(node: FilterNode, tagBytes: number): Condition {
  switch (node.kind) {
    case 'not':
      return { not: conditionOf(node.operand, tagBytes) };
    case 'and':
      return { all: [conditionOf(node.left, tagBytes), conditionOf(node.right, tagBytes)] };
    case 'or':
      return { any: [conditionOf(node.left, tagBytes), conditionOf(node.right, tagBytes)] };
    case 'behindTags':
      return conditionOf(node.operand, node.tagBytes);
    case 'all':
      return TRUE;
    case 'compare':
      return comparisonCondition(node, tagBytes);
    default:
      return new Conditions(tagBytes).of(node);
  }
}

type PlainNode = Exclude<FilterNode, { kind: 'not' | 'and' | 'or' | 'behindTags' | 'all' | 'compare' }>;

type Side = 'source' | 'destination';

function onSides(direction: Direction, test: (side: Side) => Condition): Condition {
  switch (direction) {
    case 'source':
    case 'destination':
      return test(direction);
    case 'either':
      return { any: [test('source'), test('destination')] };
    case 'both':
      return { all: [test('source'), test('destination')] };
  }
}

/** Protocols of IPv4 alone, and those of both versions. */
const ipv4Protocols: Partial<Record<ProtocolName, number>> = { icmp: 1, igmp: 2, igrp: 9, vrrp: 112, carp: 112 };
const ipProtocols: Partial<Record<ProtocolName, number>> = { tcp: 6, udp: 17, sctp: 132, esp: 50, ah: 51, pim: 103 };

/** Numbers up to the longest Ethernet payload are service access points of an 802.3 frame (IEEE 802.2). */
const MAX_802_3_LENGTH = 1500;
/** Of these both access points of the frame are compared. */
const pairedAccessPoints: ReadonlySet<number> = new Set([0x06, 0xf0, 0xfe]);

const vlanTagTypes = [EtherType.vlan, EtherType.providerVlan, 0x9100];

/** Where a cooked header says how the frame travelled, and what it says of one that was sent. */
const PACKET_TYPE_AT = 10;
const OUTGOING = 4;

class Conditions {
  constructor(readonly tagBytes: number) {}

  of(node: PlainNode): Condition {
    switch (node.kind) {
      case 'none':
        return FALSE;
      case 'protocol':
        return this.#protocol(node.protocol);
      case 'address':
        return this.#address(node);
      case 'address6':
        return { all: [this.#type(EtherType.ipv6), onSides(node.direction, side => this.#address6(node, side))] };
      case 'ethernetHost':
        return onSides(node.direction, side => isEthernetAddress(node.address, side === 'source' ? 6 : 0));
      case 'etherType':
        return this.#etherType(node.number);
      case 'ipProtocol':
        return this.#ipProtocol(node.network, node.number);
      case 'ports':
        return this.#ports(node);
      case 'cast':
        return this.#cast(node.layer, node.to);
      case 'ipBroadcast':
        return this.#ipBroadcast(node.netmask);
      case 'vlan':
        return this.#vlan(node.id);
      case 'travels':
        return node.direction === 'out' ? isOutgoing : { not: isOutgoing };
    }
  }

  #type(etherType: number): Condition {
    return linkTypeIs(this.tagBytes, etherType);
  }

  #field(size: 1 | 2 | 4, offset: number) {
    return networkField(this.tagBytes, size, offset);
  }

  #protocol(protocol: ProtocolName): Condition {
    switch (protocol) {
      case 'ip':
        return this.#type(EtherType.ipv4);
      case 'ip6':
        return this.#type(EtherType.ipv6);
      case 'arp':
        return this.#type(EtherType.arp);
      case 'rarp':
        return this.#type(EtherType.reverseArp);
      case 'icmp6':
        return this.#ipProtocol('ip6', IpProtocolNumber.icmp6);
      default: {
        const number = ipv4Protocols[protocol];
        if (number !== undefined) return this.#ipProtocol('ip', number);
        return this.#ipProtocol('any', ipProtocols[protocol] as number);
      }
    }
  }

  #ipProtocol(network: 'any' | 'ip' | 'ip6', number: number): Condition {
    const next = this.#field(1, 6);
    const ip4: Condition = { all: [this.#type(EtherType.ipv4), equal(this.#field(1, 9), number)] };
    const inFragment: Condition = {
      all: [equal(next, Ipv6ExtensionNumber.fragment), equal(this.#field(1, IPV6_HEADER_BYTES), number)],
    };
    const ip6: Condition = { all: [this.#type(EtherType.ipv6), { any: [equal(next, number), inFragment] }] };
    if (network === 'any') return { any: [ip6, ip4] };
    return network === 'ip' ? ip4 : ip6;
  }

  #address({ network, direction, address, mask }: FilterNode & { kind: 'address' }): Condition {
    const at = (source: number, destination: number) =>
      onSides(direction, side => maskedEqual(this.#field(4, side === 'source' ? source : destination), address, mask));
    const parts = {
      ip: { all: [this.#type(EtherType.ipv4), at(12, 16)] },
      arp: { all: [this.#type(EtherType.arp), at(14, 24)] },
      rarp: { all: [this.#type(EtherType.reverseArp), at(14, 24)] },
    };
    return network === 'any' ? { any: [parts.ip, parts.arp, parts.rarp] } : parts[network];
  }

  #address6({ address, prefixLength }: FilterNode & { kind: 'address6' }, side: Side): Condition {
    const start = side === 'source' ? 8 : 24;
    const words = [0, 4, 8, 12].map(offset => {
      const bits = Math.max(0, Math.min(32, prefixLength - offset * 8));
      return maskedEqual(this.#field(4, start + offset), readUint32(address, offset), prefixMask(bits));
    });
    return { all: words };
  }

  #etherType(number: number): Condition {
    if (number > MAX_802_3_LENGTH) return this.#type(number);
    const isType: Condition = { value: linkTypeField(this.tagBytes), operator: '>', constant: MAX_802_3_LENGTH };
    const point = pairedAccessPoints.has(number)
      ? equal(this.#field(2, 0), number * 0x101)
      : equal(this.#field(1, 0), number);
    return { all: [{ not: isType }, point] };
  }

  #ports({ protocol, direction, first, last }: FilterNode & { kind: 'ports' }): Condition {
    const numbers = protocol === 'any' ? [6, 17, 132] : [ipProtocols[protocol] as number];
    const ports = (isIpv6: boolean) =>
      onSides(direction, side => {
        const offset = side === 'source' ? 0 : 2;
        const value = isIpv6 ? this.#field(2, IPV6_HEADER_BYTES + offset) : transportField(this.tagBytes, 2, offset);
        if (first === last) return equal(value, first);
        return { all: [{ value, operator: '>=', constant: first }, { not: { value, operator: '>', constant: last } }] };
      });
    const isFirst: Condition = { not: { value: this.#field(2, 6), operator: 'set', constant: 0x1fff } };
    const ip6 = numbers.map(number => ({ all: [equal(this.#field(1, 6), number), ports(true)] }));
    const ip4 = numbers.map(number => ({ all: [equal(this.#field(1, 9), number), isFirst, ports(false)] }));
    return {
      any: [{ all: [this.#type(EtherType.ipv6), { any: ip6 }] }, { all: [this.#type(EtherType.ipv4), { any: ip4 }] }],
    };
  }

  #cast(layer: 'ether' | 'ip' | 'ip6', to: 'broadcast' | 'multicast'): Condition {
    if (layer === 'ether' && to === 'broadcast') return isEthernetAddress(new Uint8Array(6).fill(255), 0);
    if (layer === 'ether') return { value: linkField(1, 0), operator: 'set', constant: 1 };
    if (layer === 'ip6') return { all: [this.#type(EtherType.ipv6), equal(this.#field(1, 24), 255)] };
    return { all: [this.#type(EtherType.ipv4), { value: this.#field(1, 16), operator: '>=', constant: 224 }] };
  }

  /** The destination's part behind the netmask is all zeros or all ones. */
  #ipBroadcast(netmask: number): Condition {
    const hostMask = ~netmask >>> 0;
    const word = (expected: number) => maskedEqual(this.#field(4, 16), expected, hostMask);
    return { all: [this.#type(EtherType.ipv4), { any: [word(0), word(hostMask)] }] };
  }

  #vlan(id: number | undefined): Condition {
    const isTagged: Condition = { any: vlanTagTypes.map(type => this.#type(type)) };
    return id === undefined ? isTagged : { all: [isTagged, equal(masked(this.#field(2, 0), 0x0fff), id)] };
  }
}

const isOutgoing: Condition = equal(
  {
    name: 'packet type',
    read: frame => {
      if (frame.linkType === 'cooked') return frame.uint8(PACKET_TYPE_AT);
      return frame.direction === 'out' ? OUTGOING : 0;
    },
  },
  OUTGOING,
);

const isEthernetAddress = (address: Uint8Array, offset: number): Condition => ({
  all: [equal(linkField(4, offset + 2), readUint32(address, 2)), equal(linkField(2, offset), readUint16(address, 0))],
});
