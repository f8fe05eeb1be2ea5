import type { PeeringConnectionId } from '../ids';
import { covers } from '../ipv4';
import type { NetworkInterface } from '../network';
import type { PeeringConnection } from '../peering';
import { giveUp, need, orGap } from '../reading';
import { matchRoute } from '../rules/matchRoute';
import type { NetworkSnapshot } from '../snapshot';
import { interfaceAt, prefixListsFor, subnetIn, tableOf, vpcIn } from '../snapshotLookup';
import type { PathCause } from '../verdict';
import type { Hop } from './prediction';

/**
 * Who is at an address behind a peering connection, or why nobody can be reached there: nothing but the peer's own interfaces can
 * ("Amazon VPC Peering Guide: Limitations"). A peer of another account or Region is out of sight. Ends the surrounding `orGap` at a gap.
 */
export function peerAt(
  snapshot: NetworkSnapshot,
  from: NetworkInterface,
  id: PeeringConnectionId,
  address: string,
): NetworkInterface | PathCause {
  const outOfSight = () => giveUp({ code: 'outOfSight', reading: id, detail: undefined });
  const connections: readonly PeeringConnection[] = snapshot.peeringConnections
    ? need(snapshot.peeringConnections)
    : outOfSight();
  const connection = connections.find(candidate => candidate.id === id);
  if (connection?.state !== 'active') return 'blackhole';
  const sides = [connection.requester, connection.accepter];
  const [peer] = sides.filter(({ vpcId }) => vpcId !== from.vpcId);
  if (!peer || !sides.some(({ vpcId }) => vpcId === from.vpcId)) return 'blackhole';
  const { accountId, region } = snapshot.place;
  if (peer.accountId !== accountId || peer.region !== region) return outOfSight();
  if (!vpcIn(snapshot, peer.vpcId).cidrBlocks.some(range => covers(range, address))) return 'nobodyAtAddress';
  return interfaceAt(snapshot, peer.vpcId, address) ?? 'nobodyAtAddress';
}

/** The way back from a peer: its own routes must lead over the same connection. */
export function replyRouteHop(snapshot: NetworkSnapshot, to: NetworkInterface, from: NetworkInterface): Hop {
  const rule = 'route';
  const cause = orGap((): PathCause | undefined => {
    const table = tableOf(snapshot, subnetIn(snapshot, to.subnetId));
    const { winner } = matchRoute(table.routes, from.privateIpAddress, prefixListsFor(snapshot, table));
    if (!winner) return 'noRoute';
    const { state, target } = winner.route;
    if (state === 'blackhole') return 'blackhole';
    if (target.kind !== 'peeringConnection') return 'noRoute';
    const back = peerAt(snapshot, to, target.id, from.privateIpAddress);
    return typeof back === 'string' ? back : undefined;
  });
  const subjects = [to.subnetId];
  if (!cause.known) return { rule, subjects, decision: 'unknown', gap: cause.gap };
  if (cause.value) return { rule, subjects, decision: 'stop', cause: cause.value };
  return { rule, subjects, decision: 'pass' };
}
