import type { FilterNode, ProtocolName } from './filterSyntax';

/** One bit for each kind of packet that the words of the language tell apart. */
const Kind = {
  tcp: 1,
  udp: 2,
  sctp: 4,
  icmp: 8,
  igmp: 16,
  otherIp: 32,
  tcp6: 64,
  udp6: 128,
  sctp6: 256,
  icmp6: 512,
  otherIp6: 1024,
  arp: 2048,
  rarp: 4096,
  other: 8192,
};

const ALL = 16383;
const IP = Kind.tcp | Kind.udp | Kind.sctp | Kind.icmp | Kind.igmp | Kind.otherIp;
const IP6 = Kind.tcp6 | Kind.udp6 | Kind.sctp6 | Kind.icmp6 | Kind.otherIp6;

const kindsOfProtocol: Readonly<Record<ProtocolName, number>> = {
  ip: IP,
  ip6: IP6,
  arp: Kind.arp,
  rarp: Kind.rarp,
  tcp: Kind.tcp | Kind.tcp6,
  udp: Kind.udp | Kind.udp6,
  sctp: Kind.sctp | Kind.sctp6,
  icmp: Kind.icmp,
  icmp6: Kind.icmp6,
  igmp: Kind.igmp,
  esp: Kind.otherIp | Kind.otherIp6,
  ah: Kind.otherIp | Kind.otherIp6,
  pim: Kind.otherIp | Kind.otherIp6,
  vrrp: Kind.otherIp,
};

/** Words that name whole kinds. */
const exactProtocols: ReadonlySet<ProtocolName> = new Set([
  'ip',
  'ip6',
  'arp',
  'rarp',
  'tcp',
  'udp',
  'sctp',
  'icmp',
  'icmp6',
  'igmp',
]);

/** Kinds that can satisfy the condition; `isExact` when all packets of them do. */
interface Reach {
  readonly kinds: number;
  readonly isExact: boolean;
}

/** True for conditions that contradict themselves, such as `tcp and udp`; libpcap refuses those. */
export function acceptsNothing(node: FilterNode): boolean {
  return reachOf(node).kinds === 0;
}

function reachOf(node: FilterNode): Reach {
  switch (node.kind) {
    case 'protocol':
      return { kinds: kindsOfProtocol[node.protocol], isExact: exactProtocols.has(node.protocol) };
    case 'address':
      return partly(node.network === 'any' ? IP | Kind.arp | Kind.rarp : kindsOfProtocol[node.network]);
    case 'address6':
      return partly(IP6);
    case 'ipProtocol':
      return partly(node.network === 'any' ? IP | IP6 : kindsOfProtocol[node.network]);
    case 'ports':
      return partly(
        node.protocol === 'any'
          ? kindsOfProtocol.tcp | kindsOfProtocol.udp | kindsOfProtocol.sctp
          : kindsOfProtocol[node.protocol],
      );
    case 'not': {
      const { kinds, isExact } = reachOf(node.operand);
      return isExact ? { kinds: ALL & ~kinds, isExact } : partly(ALL);
    }
    case 'and':
    case 'or': {
      const left = reachOf(node.left);
      const right = reachOf(node.right);
      const kinds = node.kind === 'and' ? left.kinds & right.kinds : left.kinds | right.kinds;
      return { kinds, isExact: left.isExact && right.isExact };
    }
    default:
      return partly(ALL);
  }
}

const partly = (kinds: number): Reach => ({ kinds, isExact: false });
