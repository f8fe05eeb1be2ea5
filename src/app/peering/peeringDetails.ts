import { overlaps, parseCidr } from '../../core/ipv4';
import type { Route, RouteTable, SecurityGroup } from '../../core/network';
import type { PeeringConnection, PeeringSide } from '../../core/peering';
import type { Gap, NetworkSnapshot, Reading } from '../../core/snapshot';

export type SideName = 'requester' | 'accepter';

/** A route table of one side and where it sends the other side's ranges. */
export interface PeeringTable {
  readonly table: RouteTable;
  /** Routes of the table over this connection. */
  readonly routes: readonly Route[];
}

export interface PeeringSideDetails {
  readonly name: SideName;
  readonly side: PeeringSide;
  /** Whether the VPC belongs to the account and region that asked; else its tables and groups are seen through another scope, if at all. */
  readonly isOwn: boolean;
  /** All tables of the VPC, those that lead over the connection first; undefined when no scope sees them or they could not be read. */
  readonly tables: readonly PeeringTable[] | undefined;
}

/** What stands between the two VPCs. */
export type PeeringLack =
  | { readonly kind: 'notAccepted'; readonly accountId: string }
  | { readonly kind: 'noRoute'; readonly vpcId: string; readonly cidr: string }
  | { readonly kind: 'blackhole'; readonly routeTableId: string; readonly cidr: string }
  | { readonly kind: 'notAdmitted'; readonly vpcId: string; readonly cidr: string };

export interface PeeringDetails {
  readonly connection: PeeringConnection;
  /** Requester first. */
  readonly sides: readonly [PeeringSideDetails, PeeringSideDetails];
  readonly lacks: readonly PeeringLack[];
  readonly gaps: readonly Gap[];
}

/** States of a connection that leads somewhere, or may yet. */
export function isLive({ state }: PeeringConnection): boolean {
  return ['initiatingRequest', 'pendingAcceptance', 'provisioning', 'active'].includes(state);
}

/** The other side of one. */
export function otherSide(connection: PeeringConnection, name: SideName): PeeringSide {
  return name === 'requester' ? connection.accepter : connection.requester;
}

/** What a snapshot must hold. */
export const shownParts = ['routeTables', 'securityGroups'] as const;

/** A connection with what an account's own network says of it, and the networks of others where they are in sight. */
export function peeringDetails(
  connection: PeeringConnection,
  snapshot: NetworkSnapshot,
  others: readonly NetworkSnapshot[] = [],
): PeeringDetails {
  const seenOf = ({ accountId, region }: PeeringSide) =>
    [snapshot, ...others].find(({ place }) => place.accountId === accountId && place.region === region);
  const sightOf = (name: SideName): Sight => {
    const seen = seenOf(connection[name]);
    return { details: sideDetails(connection, name, seen, seen === snapshot), seen };
  };
  const sights = [sightOf('requester'), sightOf('accepter')] as const;
  const sides = [sights[0].details, sights[1].details] as const;
  const seen = sides.some(({ isOwn }) => isOwn) ? [snapshot.routeTables, snapshot.securityGroups] : [];
  return {
    connection,
    sides,
    lacks: isLive(connection) ? lacksOf(connection, sights) : blackholes(sides),
    gaps: seen.flatMap((reading: Reading<unknown>) => (reading.known ? [] : [reading.gap])),
  };
}

/** A side with the network that it was seen in. */
interface Sight {
  readonly details: PeeringSideDetails;
  readonly seen: NetworkSnapshot | undefined;
}

function sideDetails(
  connection: PeeringConnection,
  name: SideName,
  seen: NetworkSnapshot | undefined,
  isOwn: boolean,
): PeeringSideDetails {
  const side = connection[name];
  const tables = seen?.routeTables.known ? tablesOf(connection, side, seen.routeTables.value) : undefined;
  return { name, side, isOwn, tables };
}

function tablesOf(connection: PeeringConnection, { vpcId }: PeeringSide, all: readonly RouteTable[]) {
  return all
    .filter(table => table.vpcId === vpcId)
    .map(table => ({
      table,
      routes: table.routes.filter(({ target }) => target.kind === 'peeringConnection' && target.id === connection.id),
    }))
    .sort((one, other) => other.routes.length - one.routes.length);
}

function lacksOf(connection: PeeringConnection, sights: readonly Sight[]): readonly PeeringLack[] {
  const pending: readonly PeeringLack[] =
    connection.state === 'pendingAcceptance' ? [{ kind: 'notAccepted', accountId: connection.accepter.accountId }] : [];
  const ofSides = sights.flatMap(({ details, seen }) => {
    const groups = seen?.securityGroups.known ? seen.securityGroups.value : undefined;
    const ranges = otherSide(connection, details.name).cidrBlocks;
    return ranges.flatMap(cidr => [...routeLacks(details, cidr), ...admissionLacks(details, cidr, connection, groups)]);
  });
  return [
    ...pending,
    ...ofSides,
    ...(connection.state === 'active' ? blackholes(sights.map(({ details }) => details)) : []),
  ];
}

function routeLacks({ side, tables }: PeeringSideDetails, cidr: string): readonly PeeringLack[] {
  const leads = tables?.some(({ routes }) => routes.some(route => isWithin(route, cidr)));
  return leads === false ? [{ kind: 'noRoute', vpcId: side.vpcId, cidr }] : [];
}

function isWithin({ destination }: Route, cidr: string): boolean {
  return destination.kind === 'cidr' && rangesMeet(destination.cidr, cidr);
}

function admissionLacks(
  { side }: PeeringSideDetails,
  cidr: string,
  { id }: PeeringConnection,
  groups: readonly SecurityGroup[] | undefined,
): readonly PeeringLack[] {
  if (!groups) return [];
  const admits = groups
    .filter(({ vpcId }) => vpcId === side.vpcId)
    .some(({ rules }) =>
      rules.some(
        ({ direction, peer }) =>
          direction === 'ingress' &&
          (peer.kind === 'cidr'
            ? rangesMeet(peer.cidr, cidr)
            : peer.kind === 'group' && peer.across?.peeringConnectionId === id),
      ),
    );
  return admits ? [] : [{ kind: 'notAdmitted', vpcId: side.vpcId, cidr }];
}

function blackholes(sides: readonly PeeringSideDetails[]): readonly PeeringLack[] {
  return sides.flatMap(({ tables = [] }) =>
    tables.flatMap(({ table, routes }) =>
      routes.flatMap(({ state, destination }) =>
        state === 'blackhole' && destination.kind === 'cidr'
          ? [{ kind: 'blackhole' as const, routeTableId: table.id, cidr: destination.cidr }]
          : [],
      ),
    ),
  );
}

/** Whether two IPv4 ranges share an address; false for text of another form. */
export function rangesMeet(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && overlaps(a, b);
}
