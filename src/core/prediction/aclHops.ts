import type { NetworkAcl, NetworkInterface } from '../network';
import { orGap } from '../reading';
import { evaluateNetworkAcl } from '../rules/evaluateNetworkAcl';
import type { Flow } from '../rules/flow';
import type { NetworkSnapshot } from '../snapshot';
import { aclOf } from '../snapshotLookup';
import type { Hop, HopRule } from './prediction';

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Source ports that Linux takes for outgoing connections (`net.ipv4.ip_local_port_range`), where the answers go. */
const linuxPorts: PortRange = { first: 32_768, last: 60_999 };

/**
 * The ACLs that a connection and its answers cross: none inside one subnet, two subnets' lists each way inside the VPC, the sender's alone
 * when it leaves (`to` undefined). Answers go to any of `answeredPorts`.
 */
export function aclHops(
  snapshot: NetworkSnapshot,
  from: NetworkInterface,
  to: NetworkInterface | undefined,
  flow: Flow,
  answeredPorts = linuxPorts,
): readonly Hop[] {
  if (to?.subnetId === from.subnetId) return [];
  const there = { direction: 'egress', flow } as const;
  const back = { direction: 'egress', flow: reversed(flow) } as const;
  const hop = (rule: HopRule, at: NetworkInterface, crossing: Crossing) =>
    aclHop(rule, snapshot, at, { ...crossing, answeredPorts });
  const hops = [hop('egressAcl', from, there)];
  if (to) hops.push(hop('ingressAcl', to, { ...there, direction: 'ingress' }));
  if (to) hops.push(hop('replyAcl', to, back));
  hops.push(hop('replyAcl', from, { ...back, direction: 'ingress' }));
  return hops;
}

interface Crossing {
  readonly direction: 'ingress' | 'egress';
  readonly flow: Flow;
}

const reversed = (flow: Flow): Flow => ({
  protocol: flow.protocol,
  source: flow.destination,
  sourcePort: flow.destinationPort,
  destination: flow.source,
  destinationPort: flow.sourcePort,
});

function aclHop(
  rule: HopRule,
  snapshot: NetworkSnapshot,
  at: NetworkInterface,
  { direction, flow, answeredPorts }: Crossing & { readonly answeredPorts: PortRange },
): Hop {
  const acl = orGap(() => aclOf(snapshot, at.subnetId));
  if (!acl.known) return { rule, subjects: [at.subnetId], decision: 'unknown', gap: acl.gap };
  const subjects = [acl.value.id];
  const allowed = share(direction, flow, acl.value, answeredPorts);
  if (allowed === 'all') return { rule, subjects, decision: 'pass' };
  return { rule, subjects, decision: allowed === 'none' ? 'stop' : 'sometimes', cause: 'networkAclDenies' };
}

/** How many of the ports that the flow may have pass: its own one, or for an answer the ephemeral ones. */
function share(
  direction: Crossing['direction'],
  flow: Flow,
  acl: NetworkAcl,
  answeredPorts: PortRange,
): 'all' | 'some' | 'none' {
  const ports = flow.destinationPort === undefined ? portsToTry(acl, answeredPorts) : [flow.destinationPort];
  const passing = ports.filter(
    destinationPort => evaluateNetworkAcl(direction, { ...flow, destinationPort }, acl).isAllowed,
  );
  if (passing.length === ports.length) return 'all';
  return passing.length === 0 ? 'none' : 'some';
}

/** One port of each stretch of the range that the list treats alike. */
function portsToTry(acl: NetworkAcl, { first, last }: PortRange): readonly number[] {
  const borders = acl.entries.flatMap(({ fromPort, toPort }) => [fromPort ?? 0, (toPort ?? fromPort ?? 0) + 1]);
  const inside = borders.filter(port => port > first && port <= last);
  return [...new Set([first, ...inside])];
}
