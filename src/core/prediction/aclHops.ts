import type { NetworkAcl, NetworkInterface } from '../network';
import { orGap } from '../reading';
import { evaluateNetworkAcl } from '../rules/evaluateNetworkAcl';
import type { Flow } from '../rules/flow';
import type { NetworkSnapshot } from '../snapshot';
import { aclOf } from '../snapshotLookup';
import type { Hop, HopRule } from './prediction';

/** Source ports that Linux takes for outgoing connections (`net.ipv4.ip_local_port_range`), where the answers go. */
const ephemeralPorts = { first: 32_768, last: 60_999 } as const;

/**
 * The ACLs that a connection and its answers cross: none inside one subnet, two subnets' lists each way inside the VPC, the sender's alone
 * when it leaves (`to` undefined).
 */
export function aclHops(
  snapshot: NetworkSnapshot,
  from: NetworkInterface,
  to: NetworkInterface | undefined,
  flow: Flow,
): readonly Hop[] {
  if (to?.subnetId === from.subnetId) return [];
  const there = { direction: 'egress', flow } as const;
  const back = { direction: 'egress', flow: reversed(flow) } as const;
  const hops = [aclHop('egressAcl', snapshot, from, there)];
  if (to) hops.push(aclHop('ingressAcl', snapshot, to, { ...there, direction: 'ingress' }));
  if (to) hops.push(aclHop('replyAcl', snapshot, to, back));
  hops.push(aclHop('replyAcl', snapshot, from, { ...back, direction: 'ingress' }));
  return hops;
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
  crossing: { readonly direction: 'ingress' | 'egress'; readonly flow: Flow },
): Hop {
  const acl = orGap(() => aclOf(snapshot, at.subnetId));
  if (!acl.known) return { rule, subjects: [at.subnetId], decision: 'unknown', gap: acl.gap };
  const subjects = [acl.value.id];
  const allowed = share(crossing.direction, crossing.flow, acl.value);
  if (allowed === 'all') return { rule, subjects, decision: 'pass' };
  return { rule, subjects, decision: allowed === 'none' ? 'stop' : 'sometimes', cause: 'networkAclDenies' };
}

/** How many of the ports that the flow may have pass: its own one, or for an answer the ephemeral ones. */
function share(direction: 'ingress' | 'egress', flow: Flow, acl: NetworkAcl): 'all' | 'some' | 'none' {
  const ports = flow.destinationPort === undefined ? portsToTry(acl) : [flow.destinationPort];
  const passing = ports.filter(
    destinationPort => evaluateNetworkAcl(direction, { ...flow, destinationPort }, acl).isAllowed,
  );
  if (passing.length === ports.length) return 'all';
  return passing.length === 0 ? 'none' : 'some';
}

/** One port of each stretch of the ephemeral range that the list treats alike. */
function portsToTry(acl: NetworkAcl): readonly number[] {
  const borders = acl.entries.flatMap(({ fromPort, toPort }) => [fromPort ?? 0, (toPort ?? fromPort ?? 0) + 1]);
  const inside = borders.filter(port => port > ephemeralPorts.first && port <= ephemeralPorts.last);
  return [...new Set([ephemeralPorts.first, ...inside])];
}
