import { EtherType } from '../headers/ethernet';
import type { Direction, FilterNode, ProtocolName } from './filterSyntax';
import { FrameBytes, OutOfFrame } from './frameBytes';
import { compare } from './matchArithmetic';
import type { Filter } from './parseFilter';

const RARP = 0x8035;
const FRAGMENT_HEADER = 44;

/**
 * Whether tcpdump would accept the Ethernet frame. As in libpcap's machine, a look past the captured bytes rejects the packet, whatever
 * the rest of the expression says. `originalBytes` is the length on the wire, when the frame was cut.
 */
export function matchesFilter(filter: Filter, frame: Uint8Array, originalBytes = frame.length): boolean {
  try {
    return matches(filter.root, new FrameBytes(frame, originalBytes));
  } catch (error) {
    if (error instanceof OutOfFrame) return false;
    throw error;
  }
}

function matches(node: FilterNode, frame: FrameBytes): boolean {
  switch (node.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'protocol':
      return isProtocol(node.protocol, frame);
    case 'address':
      return isAddress(node, frame);
    case 'address6':
      return isAddress6(node, frame);
    case 'ethernetHost':
      return onEitherSide(node.direction, side => frame.equals(side === 'source' ? 6 : 0, node.address, 48));
    case 'etherType':
      return frame.etherType === node.number;
    case 'ipProtocol':
      return isIpProtocol(node.network, node.number, frame);
    case 'ports':
      return isPort(node, frame);
    case 'cast':
      return isCast(node, frame);
    case 'compare':
      return compare(node, frame);
    case 'not':
      return !matches(node.operand, frame);
    case 'and':
      return matches(node.left, frame) && matches(node.right, frame);
    case 'or':
      return matches(node.left, frame) || matches(node.right, frame);
  }
}

type Side = 'source' | 'destination';

function onEitherSide(direction: Direction, test: (side: Side) => boolean): boolean {
  switch (direction) {
    case 'source':
    case 'destination':
      return test(direction);
    case 'either':
      return test('source') || test('destination');
    case 'both':
      return test('source') && test('destination');
  }
}

const ipProtocolNumbers: Partial<Record<ProtocolName, number>> = { icmp: 1, igmp: 2, vrrp: 112 };
const anyIpProtocolNumbers: Partial<Record<ProtocolName, number>> = {
  tcp: 6,
  udp: 17,
  sctp: 132,
  esp: 50,
  ah: 51,
  pim: 103,
};

function isProtocol(protocol: ProtocolName, frame: FrameBytes): boolean {
  switch (protocol) {
    case 'ip':
      return frame.etherType === EtherType.ipv4;
    case 'ip6':
      return frame.etherType === EtherType.ipv6;
    case 'arp':
      return frame.etherType === EtherType.arp;
    case 'rarp':
      return frame.etherType === RARP;
    case 'icmp6':
      return isIpProtocol('ip6', 58, frame);
    default: {
      const number = ipProtocolNumbers[protocol];
      if (number !== undefined) return isIpProtocol('ip', number, frame);
      return isIpProtocol('any', anyIpProtocolNumbers[protocol] as number, frame);
    }
  }
}

function isIpProtocol(network: 'any' | 'ip' | 'ip6', number: number, frame: FrameBytes): boolean {
  if (network !== 'ip6' && frame.etherType === EtherType.ipv4) return frame.uint8(23) === number;
  if (network === 'ip' || frame.etherType !== EtherType.ipv6) return false;
  const next = frame.uint8(20);
  return next === number || (next === FRAGMENT_HEADER && frame.uint8(54) === number);
}

function isAddress(node: FilterNode & { kind: 'address' }, frame: FrameBytes): boolean {
  const type = frame.etherType;
  const isIp = type === EtherType.ipv4 && (node.network === 'any' || node.network === 'ip');
  const isArp = type === EtherType.arp && (node.network === 'any' || node.network === 'arp');
  const isRarp = type === RARP && (node.network === 'any' || node.network === 'rarp');
  if (!isIp && !isArp && !isRarp) return false;
  const offsets = isIp ? { source: 26, destination: 30 } : { source: 28, destination: 38 };
  return onEitherSide(node.direction, side => (frame.uint32(offsets[side]) & node.mask) >>> 0 === node.address);
}

function isAddress6(node: FilterNode & { kind: 'address6' }, frame: FrameBytes): boolean {
  if (frame.etherType !== EtherType.ipv6) return false;
  return onEitherSide(node.direction, side =>
    frame.equals(side === 'source' ? 22 : 38, node.address, node.prefixLength),
  );
}

const portProtocolNumbers = { any: [6, 17, 132], tcp: [6], udp: [17], sctp: [132] };

function isPort(node: FilterNode & { kind: 'ports' }, frame: FrameBytes): boolean {
  const numbers = portProtocolNumbers[node.protocol];
  const start = portsOffset(numbers, frame);
  if (start === undefined) return false;
  return onEitherSide(node.direction, side => {
    const port = frame.uint16(side === 'source' ? start : start + 2);
    return port >= node.first && port <= node.last;
  });
}

/** Where the ports stand; undefined for packets without them: other protocols, later fragments. */
function portsOffset(protocols: readonly number[], frame: FrameBytes): number | undefined {
  if (frame.etherType === EtherType.ipv6) return protocols.includes(frame.uint8(20)) ? 54 : undefined;
  if (frame.etherType !== EtherType.ipv4 || !protocols.includes(frame.uint8(23))) return undefined;
  return frame.isLaterFragment ? undefined : frame.transportOffset;
}

function isCast(node: FilterNode & { kind: 'cast' }, frame: FrameBytes): boolean {
  switch (node.layer) {
    case 'ether':
      if (node.to === 'multicast') return (frame.uint8(0) & 1) === 1;
      return frame.uint32(0) === 0xffff_ffff && frame.uint16(4) === 0xffff;
    case 'ip':
      return frame.etherType === EtherType.ipv4 && frame.uint8(30) >= 224;
    case 'ip6':
      return frame.etherType === EtherType.ipv6 && frame.uint8(38) === 255;
  }
}
