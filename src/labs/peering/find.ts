/** Which resources the lab is about. `A` asks for the peering, `B` is asked. */

import { overlaps, parseCidr } from '../../core/ipv4';
import type { Instance, NetworkInterface, RouteTable, Subnet, Vpc } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import { need } from '../../core/reading';
import { tableOf } from '../../core/snapshotLookup';
import { best, isOwnNamed } from '../choose';
import { isLiving, type LabSite, ownName } from '../labWorld';
import { interfaceOf } from '../predicates';
import { defaultVpc, subnetPerZoneOf } from '../vpcParts';

export const labId = 'peering';

export type Side = 'A' | 'B';
export const otherSide = (side: Side): Side => (side === 'A' ? 'B' : 'A');

/** What the run makes on a side. */
export const sideName = (site: LabSite, side: Side) => `${ownName(site)}-${side.toLowerCase()}`;

const ended: readonly PeeringConnection['state'][] = ['deleting', 'deleted', 'rejected', 'expired', 'failed'];

const connectionsOf = ({ snapshot }: LabSite) => (snapshot.peeringConnections ? need(snapshot.peeringConnections) : []);

/** The living connection between two VPCs of the account: the run's own, else an active one. */
export function findPeering(site: LabSite): PeeringConnection | undefined {
  const { accountId, region } = site.snapshot.place;
  const isHere = (each: PeeringConnection['requester']) => each.accountId === accountId && each.region === region;
  const living = connectionsOf(site).filter(
    ({ state, requester, accepter }) => !ended.includes(state) && isHere(requester) && isHere(accepter),
  );
  const tagged = living.map(connection => ({ connection, tags: connection.requester.tags }));
  return best(site, tagged, ({ connection }) => connection.state === 'active')?.connection;
}

/** A request that AWS found something wrong with, while there is no other. */
export const findFailedPeering = (site: LabSite) =>
  findPeering(site) ? undefined : connectionsOf(site).find(({ state }) => state === 'failed');

/** The VPC of a side: the connection's; before there is one, A is the default VPC, and B the run's, else one that is not A. */
export function findVpc(site: LabSite, side: Side): Vpc | undefined {
  const vpcs = need(site.snapshot.vpcs);
  const peering = findPeering(site);
  const peered = side === 'A' ? peering?.requester.vpcId : peering?.accepter.vpcId;
  if (peered) return vpcs.find(({ id }) => id === peered);
  const first = defaultVpc(site);
  if (side === 'A') return first;
  const others = vpcs.filter(({ id }) => id !== first.id);
  return others.find(vpc => isOwnNamed(site, vpc, sideName(site, 'B'))) ?? others.find(vpc => areDisjoint(first, vpc));
}

/** No range of one VPC, secondary ones included, overlaps one of the other. */
export function areDisjoint(a: Pick<Vpc, 'cidrBlocks'>, b: Pick<Vpc, 'cidrBlocks'>): boolean {
  const ranges = ({ cidrBlocks }: Pick<Vpc, 'cidrBlocks'>) => cidrBlocks.flatMap(block => parseCidr(block) ?? []);
  return !ranges(a).some(one => ranges(b).some(other => overlaps(one, other)));
}

/** The instance of a side: the run's, else the newest in its VPC. */
export function findInstance(site: LabSite, side: Side): Instance | undefined {
  const vpc = findVpc(site, side);
  const here = need(site.snapshot.instances).filter(
    each => isLiving(each) && each.vpcId !== undefined && each.vpcId === vpc?.id,
  );
  return best(
    site,
    here,
    each => isOwnNamed(site, each, sideName(site, side)),
    ({ launchedAtMs }) => launchedAtMs,
  );
}

export function findInterface(site: LabSite, side: Side): NetworkInterface | undefined {
  const instance = findInstance(site, side);
  return instance && interfaceOf(site.snapshot, instance);
}

/** The subnet of the side's instance; before there is one, where it will be. */
export function findSubnet(site: LabSite, side: Side): Subnet | undefined {
  const vpc = findVpc(site, side);
  const used = findInstance(site, side)?.subnetId;
  const subnets = vpc ? subnetPerZoneOf(site, vpc.id, used) : [];
  return subnets.find(({ id }) => id === used) ?? subnets[0];
}

/** The table that the side's instance leaves by. */
export function findTable(site: LabSite, side: Side): RouteTable | undefined {
  const subnet = findSubnet(site, side);
  return subnet && tableOf(site.snapshot, subnet);
}
