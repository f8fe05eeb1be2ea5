import type { NetworkInterfaceId } from '../ids';
import type { NetworkInterface, RouteTable, RouteTarget, VpcEndpoint } from '../network';
import { giveUp, need, orGap, valueOr } from '../reading';
import { evaluateSecurityGroups } from '../rules/evaluateSecurityGroups';
import { type Flow, TCP } from '../rules/flow';
import { matchRoute } from '../rules/matchRoute';
import type { Gap, NetworkSnapshot, Reading } from '../snapshot';
import { endpointOf, groupsOf, interfaceAt, interfaceIn, prefixListsFor, subnetIn, tableOf } from '../snapshotLookup';
import type { PathCause } from '../verdict';
import { aclHops } from './aclHops';
import { natHops, natInterface } from './natHops';
import { peerAt, replyRouteHop } from './peerRoute';
import type { Hop, HopRule } from './prediction';

/** Where TCP packets to one address end up. */
export type DeliveryEnd =
  | {
      readonly kind: 'endpoint';
      readonly endpoint: Pick<VpcEndpoint, 'id'>;
      readonly networkInterfaceId: NetworkInterfaceId | undefined;
    }
  | { readonly kind: 'interface'; readonly networkInterfaceId: NetworkInterfaceId }
  | { readonly kind: 'outside'; readonly through: RouteTarget }
  | { readonly kind: 'dropped' | 'sometimes'; readonly cause: PathCause; readonly subject: string | undefined }
  | { readonly kind: 'unknown'; readonly gap: Gap };

export interface Delivery {
  readonly address: string;
  readonly hops: readonly Hop[];
  readonly end: DeliveryEnd;
}

export interface DeliveryQuestion {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly address: string;
  readonly port: number;
  /** Routes that cannot concern this destination are left out here; the table as it was read by default. */
  readonly routes?: RouteTable['routes'];
}

/**
 * Follows a new TCP connection from an interface to an address, and its answers back, by the rules of "Amazon VPC User Guide": sender's
 * groups, route, ACLs at subnet borders, receiver's groups. A rule that says no decides whatever is unread; else a gap is the outcome.
 */
export function predictDelivery(snapshot: NetworkSnapshot, question: DeliveryQuestion): Delivery {
  const from = orGap(() => interfaceIn(snapshot, question.networkInterfaceId));
  if (!from.known) return { address: question.address, hops: [], end: { kind: 'unknown', gap: from.gap } };
  const flow: Flow = {
    protocol: TCP,
    source: from.value.privateIpAddress,
    sourcePort: undefined,
    destination: question.address,
    destinationPort: question.port,
  };
  const routed = orGap(() => routeFrom(snapshot, from.value, question));
  const to = routed.known && 'owner' in routed.value ? routed.value.owner : undefined;
  const nat = routed.known && 'nat' in routed.value ? routed.value.nat : undefined;
  const hops: Hop[] = [
    groupHop('egressGroups', snapshot, from.value, flow, to),
    routeHop(routed),
    ...(routed.known && 'cause' in routed.value ? [] : aclHops(snapshot, from.value, to ?? nat, flow)),
    ...(nat ? natHops(snapshot, nat, flow) : []),
  ];
  if (to) hops.push(groupHop('ingressGroups', snapshot, to, flow, from.value), ...endpointHop(snapshot, to));
  if (to && to.vpcId !== from.value.vpcId) hops.push(replyRouteHop(snapshot, to, from.value));
  return { address: question.address, hops, end: endOf(snapshot, hops, routed) };
}

type Routed = { readonly subjects: readonly string[] } & (
  | { readonly owner: NetworkInterface }
  /** `nat`: the interface of the NAT gateway, when the snapshot tells of such gateways. */
  | { readonly through: RouteTarget; readonly nat?: NetworkInterface }
  | { readonly cause: PathCause }
);

function routeFrom(snapshot: NetworkSnapshot, from: NetworkInterface, question: DeliveryQuestion): Routed {
  const table = tableOf(snapshot, subnetIn(snapshot, from.subnetId));
  const routes = question.routes ?? table.routes;
  const decision = matchRoute(routes, question.address, []);
  const winner =
    decision.winner?.route.target.kind === 'local'
      ? decision.winner
      : matchRoute(routes, question.address, prefixListsFor(snapshot, { routes })).winner;
  if (!winner) return { subjects: [table.id], cause: 'noRoute' };
  const { state, target } = winner.route;
  const subjects = 'id' in target ? [table.id, target.id] : [table.id];
  if (state === 'blackhole') return { subjects, cause: 'blackhole' };
  switch (target.kind) {
    case 'local': {
      const owner = interfaceAt(snapshot, from.vpcId, question.address);
      return owner ? { subjects: [...subjects, owner.id], owner } : { subjects, cause: 'nobodyAtAddress' };
    }
    case 'internetGateway':
      return from.publicIpAddress ? { subjects, through: target } : { subjects: [from.id], cause: 'noPublicAddress' };
    case 'natGateway': {
      if (!snapshot.natGateways) return { subjects, through: target };
      const nat = natInterface(snapshot, target.id);
      return nat ? { subjects, through: target, nat } : { subjects: [target.id], cause: 'nobodyAtAddress' };
    }
    case 'gatewayEndpoint':
      return { subjects, through: target };
    case 'peeringConnection': {
      const peer = peerAt(snapshot, from, target.id, question.address);
      return typeof peer === 'string' ? { subjects, cause: peer } : { subjects: [...subjects, peer.id], owner: peer };
    }
    case 'networkInterface':
    case 'other':
      return giveUp({ code: 'outOfSight', reading: target.id, detail: undefined });
  }
}

function routeHop(routed: Reading<Routed>): Hop {
  if (!routed.known) return { rule: 'route', subjects: [], decision: 'unknown', gap: routed.gap };
  const { subjects } = routed.value;
  if ('cause' in routed.value) return { rule: 'route', subjects, decision: 'stop', cause: routed.value.cause };
  return { rule: 'route', subjects, decision: 'pass' };
}

function groupHop(
  rule: HopRule & ('egressGroups' | 'ingressGroups'),
  snapshot: NetworkSnapshot,
  owner: NetworkInterface,
  flow: Flow,
  peerInterface: NetworkInterface | undefined,
): Hop {
  const subjects = owner.securityGroupIds;
  const direction = rule === 'egressGroups' ? 'egress' : 'ingress';
  const cause = rule === 'egressGroups' ? 'securityGroupBlocksEgress' : 'securityGroupLacksPort';
  const allowed = orGap(() => {
    const groups = groupsOf(snapshot, owner);
    const context = {
      groups,
      peerInterface,
      prefixLists: valueOr(snapshot.prefixLists, []),
    };
    if (evaluateSecurityGroups(direction, flow, context).isAllowed) return true;
    const namesList = groups.some(group => group.rules.some(({ peer }) => peer.kind === 'prefixList'));
    if (namesList) need(snapshot.prefixLists);
    return false;
  });
  if (!allowed.known) return { rule, subjects, decision: 'unknown', gap: allowed.gap };
  return allowed.value ? { rule, subjects, decision: 'pass' } : { rule, subjects, decision: 'stop', cause };
}

/** An endpoint that is not available has interfaces at which nothing answers. */
function endpointHop(snapshot: NetworkSnapshot, to: NetworkInterface): readonly Hop[] {
  if (to.kind !== 'vpcEndpoint') return [];
  const endpoint = orGap(
    () => endpointOf(snapshot, to) ?? giveUp({ code: 'outOfSight', reading: to.id, detail: undefined }),
  );
  if (!endpoint.known) return [{ rule: 'endpointState', subjects: [to.id], decision: 'unknown', gap: endpoint.gap }];
  const subjects = [endpoint.value.id];
  if (endpoint.value.state === 'available') return [{ rule: 'endpointState', subjects, decision: 'pass' }];
  return [{ rule: 'endpointState', subjects, decision: 'stop', cause: 'endpointNotAvailable' }];
}

function endOf(snapshot: NetworkSnapshot, hops: readonly Hop[], routed: Reading<Routed>): DeliveryEnd {
  for (const hop of hops)
    if (hop.decision === 'stop') return { kind: 'dropped', cause: hop.cause, subject: hop.subjects[0] };
  for (const hop of hops) if (hop.decision === 'unknown') return { kind: 'unknown', gap: hop.gap };
  for (const hop of hops)
    if (hop.decision === 'sometimes') return { kind: 'sometimes', cause: hop.cause, subject: hop.subjects[0] };
  const arrival = need(routed);
  if ('through' in arrival) {
    if (arrival.through.kind !== 'gatewayEndpoint') return { kind: 'outside', through: arrival.through };
    return { kind: 'endpoint', endpoint: { id: arrival.through.id }, networkInterfaceId: undefined };
  }
  const owner = (arrival as { owner: NetworkInterface }).owner;
  const endpoint = endpointOf(snapshot, owner);
  return endpoint
    ? { kind: 'endpoint', endpoint, networkInterfaceId: owner.id }
    : { kind: 'interface', networkInterfaceId: owner.id };
}
