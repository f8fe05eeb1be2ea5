import type { NatGatewayId } from '../ids';
import type { NatGateway } from '../natGateway';
import type { NetworkInterface } from '../network';
import { need, orGap } from '../reading';
import type { Flow } from '../rules/flow';
import { matchRoute } from '../rules/matchRoute';
import type { NetworkSnapshot } from '../snapshot';
import { interfaceIn, prefixListsFor, subnetIn, tableOf } from '../snapshotLookup';
import type { PathCause } from '../verdict';
import { aclHops } from './aclHops';
import type { Hop } from './prediction';

/** Ports that a NAT gateway talks from ("NAT gateways: Control traffic"). */
const natPorts = { first: 1024, last: 65_535 } as const;

/** The interface of a NAT gateway in service; undefined for one that is not. Ends the surrounding `orGap` at a gap. */
export function natInterface(snapshot: NetworkSnapshot, id: NatGatewayId): NetworkInterface | undefined {
  const gateways: readonly NatGateway[] = snapshot.natGateways ? need(snapshot.natGateways) : [];
  const gateway = gateways.find(candidate => candidate.id === id && candidate.state === 'available');
  return gateway?.networkInterfaceId && interfaceIn(snapshot, gateway.networkInterfaceId);
}

/** The way on from a NAT gateway: by its own subnet's routes to an internet gateway, through that subnet's ACL, both ways. */
export function natHops(snapshot: NetworkSnapshot, gateway: NetworkInterface, flow: Flow): readonly Hop[] {
  const own = { ...flow, source: gateway.privateIpAddress };
  const stop = orGap(() => whyNoWayOut(snapshot, gateway, flow.destination));
  const subjects = [gateway.id];
  if (!stop.known) return [{ rule: 'route', subjects, decision: 'unknown', gap: stop.gap }];
  if (stop.value) return [{ rule: 'route', subjects, decision: 'stop', cause: stop.value }];
  return [{ rule: 'route', subjects, decision: 'pass' }, ...aclHops(snapshot, gateway, undefined, own, natPorts)];
}

function whyNoWayOut(snapshot: NetworkSnapshot, gateway: NetworkInterface, destination: string): PathCause | undefined {
  const table = tableOf(snapshot, subnetIn(snapshot, gateway.subnetId));
  const { winner } = matchRoute(table.routes, destination, prefixListsFor(snapshot, table));
  if (winner?.route.state === 'blackhole') return 'blackhole';
  if (winner?.route.target.kind !== 'internetGateway') return 'noRoute';
  return gateway.publicIpAddress ? undefined : 'noPublicAddress';
}
