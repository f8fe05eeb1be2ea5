/** VPC peering connections: one table for all accounts and Regions, and what each side of one gets to see of it. */
import { type PeeringConnectionId, peeringConnectionId } from '../../core/ids';
import { overlaps, parseCidr } from '../../core/ipv4';
import type { Place, Vpc } from '../../core/network';
import type { PeeringConnection, PeeringSide, PeeringState } from '../../core/peering';
import type { PlaceState } from './placeState';
import type { TransitionTable, World } from './world';
import { practiceRegions } from './zones';

const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dayMs = 24 * hourMs;
/** A request that nobody answers ("VPC Peering Guide: VPC peering connection lifecycle"). */
const requestLifeMs = 7 * dayMs;
/** How long a connection that has ended stays in the lists: of who ended it, and of the other side. */
const ownGraveMs = 2 * hourMs;
const othersGraveMs = 2 * dayMs;

export type SideName = 'requester' | 'accepter';

const sideNames: readonly SideName[] = ['requester', 'accepter'];

export function isSideOf({ accountId, region }: Place, side: PeeringSide): boolean {
  return side.accountId === accountId && side.region === region;
}

export interface PeeringPlan {
  readonly vpc: Vpc;
  readonly peer: Pick<PeeringSide, 'accountId' | 'region' | 'vpcId'>;
  readonly tags: PeeringSide['tags'];
}

/** Makes a request in state `initiating-request`; whether it can come to anything shows a second later. */
export function requestPeering(world: World, region: PlaceState, { vpc, peer, tags }: PeeringPlan): PeeringConnection {
  const about = { allowsRemoteDnsResolution: false, cidrBlocks: [], tags: {} };
  const connection: PeeringConnection = {
    id: peeringConnectionId(region.newId('pcx')),
    requester: { ...about, ...region.place, vpcId: vpc.id, cidrBlocks: vpc.cidrBlocks, tags },
    accepter: { ...about, ...peer },
    state: 'initiatingRequest',
    statusMessage: `Initiating Request to ${peer.accountId}`,
    expiresAtMs: world.timeline.now() + requestLifeMs,
  };
  world.peeringConnections.set(connection.id, connection);
  region.listedPeerings.add(connection.id);
  const subject = connection.id;
  world.schedule(secondMs, { kind: 'peeringInitiated', place: region.place, subject });
  // However fast the cloud works, people have their seven days: clients count back from the end to when it was asked.
  world.schedule(requestLifeMs * world.pace, { kind: 'peeringExpired', place: region.place, subject });
  return connection;
}

function change(world: World, id: PeeringConnectionId, changes: Partial<PeeringConnection>): void {
  const connection = world.peeringConnections.get(id);
  if (connection) world.peeringConnections.set(id, { ...connection, ...changes });
}

/** The place of a side, when there is such an account and such a Region. */
function placeOf(world: World, { accountId, region }: PeeringSide): PlaceState | undefined {
  const exists = world.accounts.some(({ id }) => id === accountId) && practiceRegions.includes(region);
  return exists ? world.region({ accountId, region }) : undefined;
}

export function vpcOfSide(world: World, side: PeeringSide): Vpc | undefined {
  return placeOf(world, side)?.vpcs.get(side.vpcId);
}

function initiate(world: World, id: PeeringConnectionId): void {
  const connection = world.peeringConnections.get(id);
  if (connection?.state !== 'initiatingRequest') return;
  const { requester, accepter } = connection;
  const [own, peer] = [vpcOfSide(world, requester), vpcOfSide(world, accepter)];
  if (!own || !peer || haveOverlap(own, peer)) {
    fail(world, id);
    return;
  }
  change(world, id, {
    state: 'pendingAcceptance',
    statusMessage: `Pending Acceptance by ${accepter.accountId}`,
  });
  placeOf(world, accepter)?.listedPeerings.add(id);
}

function fail(world: World, id: PeeringConnectionId): void {
  const statusMessage = 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range';
  end(world, id, { state: 'failed', statusMessage }, { requester: ownGraveMs, accepter: ownGraveMs });
}

/** Any range of one against any of the other ("VPC peering basics: VPC peering limitations"). */
function haveOverlap(left: Vpc, right: Vpc): boolean {
  const ranges = ({ cidrBlocks }: Vpc) => cidrBlocks.flatMap(block => parseCidr(block) ?? []);
  return ranges(left).some(range => ranges(right).some(other => overlaps(range, other)));
}

/** An end is listed for a while, for each side its own. */
function end(
  world: World,
  id: PeeringConnectionId,
  changes: Pick<PeeringConnection, 'state' | 'statusMessage'>,
  graves: Readonly<Record<SideName, number>>,
): void {
  change(world, id, { ...changes, expiresAtMs: undefined });
  const connection = world.peeringConnections.get(id);
  if (!connection) return;
  for (const name of sideNames) {
    const { accountId, region } = connection[name];
    world.schedule(graves[name], { kind: 'peeringUnlisted', place: { accountId, region }, subject: id });
  }
}

/** `pending-acceptance` → `provisioning` → `active`, 1 to 5 s as on AWS. */
export function acceptPeering(world: World, region: PlaceState, id: PeeringConnectionId): void {
  change(world, id, { state: 'provisioning', statusMessage: 'Provisioning', expiresAtMs: undefined });
  const durationMs = region.chanceFor('peering').between(1, 5) * secondMs;
  world.schedule(durationMs, { kind: 'peeringActive', place: region.place, subject: id });
}

function activate(world: World, id: PeeringConnectionId): void {
  const connection = world.peeringConnections.get(id);
  if (connection?.state !== 'provisioning') return;
  const { accepter } = connection;
  const cidrBlocks = vpcOfSide(world, accepter)?.cidrBlocks ?? [];
  change(world, id, { state: 'active', statusMessage: 'Active', accepter: { ...accepter, cidrBlocks } });
}

export function rejectPeering(world: World, { id, requester, accepter }: PeeringConnection): void {
  const isOwn = requester.accountId === accepter.accountId;
  const graves = { accepter: ownGraveMs, requester: isOwn ? ownGraveMs : othersGraveMs };
  end(world, id, { state: 'rejected', statusMessage: 'Inactive' }, graves);
}

/** Within a Region it is `deleted` at once, between Regions `deleting` for a few seconds. */
export function deletePeering(world: World, region: PlaceState, { id, requester, accepter }: PeeringConnection): void {
  const { accountId } = region.place;
  if (requester.region === accepter.region) {
    bury(world, id, accountId);
    return;
  }
  change(world, id, { state: 'deleting', statusMessage: 'Deleting', expiresAtMs: undefined });
  const durationMs = region.chanceFor('peering').between(2, 8) * secondMs;
  world.schedule(durationMs, { kind: 'peeringDeleted', place: region.place, subject: id });
}

function bury(world: World, id: PeeringConnectionId, deleter: Place['accountId']): void {
  const connection = world.peeringConnections.get(id);
  if (!connection) return;
  const graveOf = ({ accountId }: PeeringSide) => (accountId === deleter ? ownGraveMs : othersGraveMs);
  const graves = { requester: graveOf(connection.requester), accepter: graveOf(connection.accepter) };
  end(world, id, { state: 'deleted', statusMessage: `Deleted by ${deleter}` }, graves);
}

function expire(world: World, id: PeeringConnectionId): void {
  if (world.peeringConnections.get(id)?.state !== 'pendingAcceptance') return;
  const graves = { requester: othersGraveMs, accepter: othersGraveMs };
  end(world, id, { state: 'expired', statusMessage: 'Expired' }, graves);
}

/** A connection that no side lists any more is forgotten. */
function unlist(world: World, region: PlaceState, id: PeeringConnectionId): void {
  region.listedPeerings.delete(id);
  if (![...world.regions].some(({ listedPeerings }) => listedPeerings.has(id))) world.peeringConnections.delete(id);
}

/** After a VPC got or lost a range: what its connections say of it. */
export function refreshPeeringRanges(world: World, { place }: PlaceState, { id: vpcId, cidrBlocks }: Vpc): void {
  for (const connection of world.peeringConnections.values())
    for (const name of sideNames) {
      const side = connection[name];
      const isKnown = name === 'requester' || connection.state === 'active';
      if (isKnown && side.vpcId === vpcId && isSideOf(place, side))
        change(world, connection.id, { [name]: { ...side, cidrBlocks } });
    }
}

/** States in which a connection stands between two VPCs, or may yet. */
export const livePeeringStates: readonly PeeringState[] = [
  'initiatingRequest',
  'pendingAcceptance',
  'provisioning',
  'active',
];

/** What time does to peering connections. */
export const peeringTransitions: TransitionTable = {
  peeringInitiated: (world, { subject }) => initiate(world, peeringConnectionId(subject)),
  peeringExpired: (world, { subject }) => expire(world, peeringConnectionId(subject)),
  peeringActive: (world, { subject }) => activate(world, peeringConnectionId(subject)),
  peeringDeleted: (world, { place, subject }) => bury(world, peeringConnectionId(subject), place.accountId),
  peeringUnlisted: (world, { place, subject }) => {
    const isThere = practiceRegions.includes(place.region) && world.accounts.some(({ id }) => id === place.accountId);
    if (isThere) unlist(world, world.region(place), peeringConnectionId(subject));
  },
};
