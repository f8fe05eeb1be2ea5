import type { Route, RouteTable, Subnet } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import type { RouteInput } from '../../core/ports/routeGateway';
import { routeTableOf } from '../../core/rules/routeTableOf';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { Scope } from '../appModel';
import { otherSide, type SideName } from '../peering/peeringDetails';

/** A side whose account is at hand, with what its network looks like. */
export interface OpenSide {
  readonly scope: Scope;
  readonly name: SideName;
  readonly snapshot: NetworkSnapshot;
}

/** A route that a side needs. */
export interface PeeringRoute {
  readonly scope: Scope;
  readonly table: RouteTable;
  /** Whose traffic leaves by the table. */
  readonly subnets: readonly Subnet[];
  readonly route: RouteInput;
  /** What the table has for just this range, leading elsewhere or nowhere; it would be replaced. */
  readonly replaces: Route | undefined;
}

/** The routes that are still needed, for every table that subnets of the VPC use. Tables that lead over the connection already are left out. */
export function peeringRoutes(connection: PeeringConnection, sides: readonly OpenSide[]): readonly PeeringRoute[] {
  return sides.flatMap(side => {
    const ranges = otherSide(connection, side.name).cidrBlocks;
    return tablesInUse(side.snapshot, connection[side.name].vpcId).flatMap(({ table, subnets }) =>
      ranges.flatMap(destination => {
        const present = table.routes.find(
          route => route.destination.kind === 'cidr' && route.destination.cidr === destination,
        );
        if (present?.target.kind === 'peeringConnection' && present.target.id === connection.id) return [];
        const target = { kind: 'peeringConnection', id: connection.id } as const;
        const route = { routeTableId: table.id, destination, target };
        return [{ scope: side.scope, table, subnets, route, replaces: present }];
      }),
    );
  });
}

/** Routes that are good to make without asking: what leads elsewhere is left to the person. */
export function defaultRoutes(routes: readonly PeeringRoute[]): readonly PeeringRoute[] {
  return routes.filter(({ replaces }) => replaces === undefined || replaces.state === 'blackhole');
}

function tablesInUse(
  { routeTables, subnets }: NetworkSnapshot,
  vpcId: string,
): readonly { readonly table: RouteTable; readonly subnets: readonly Subnet[] }[] {
  const tables = routeTables.known ? routeTables.value.filter(table => table.vpcId === vpcId) : [];
  const inside = subnets.known ? subnets.value.filter(subnet => subnet.vpcId === vpcId) : [];
  const used = tables.map(table => ({
    table,
    subnets: inside.filter(subnet => routeTableOf(subnet, tables)?.id === table.id),
  }));
  const inUse = used.filter(entry => entry.subnets.length > 0);
  return inUse.length > 0 ? inUse : used.filter(({ table }) => table.isMain);
}
