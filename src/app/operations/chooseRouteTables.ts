import type { VpcEndpointId, VpcId } from '../../core/ids';
import type { RouteTable, Subnet, VpcEndpoint } from '../../core/network';
import { valueOr } from '../../core/reading';
import type { NetworkSnapshot } from '../../core/snapshot';
import { subnetsByTable } from '../endpointJoiner';

export interface RouteTableChoice {
  readonly table: RouteTable;
  /** Whose traffic leaves by it. */
  readonly subnets: readonly Subnet[];
}

/** The route tables of a VPC with the subnets that use them; the most used first. */
export function routeTableChoices(snapshot: NetworkSnapshot, vpcId: VpcId): readonly RouteTableChoice[] {
  const tables = valueOr(snapshot.routeTables, []).filter(table => table.vpcId === vpcId);
  const subnets = valueOr(snapshot.subnets, []).filter(subnet => subnet.vpcId === vpcId);
  const users = subnetsByTable(tables, subnets);
  return tables
    .map(table => ({ table, subnets: users.get(table.id) ?? [] }))
    .sort(
      (one, other) => other.subnets.length - one.subnets.length || one.table.id.localeCompare(other.table.id, 'en'),
    );
}

/** The other gateway endpoint of the service that a table leads to already: AWS refuses a second one with `RouteAlreadyExists`. */
export function rivalOn(
  snapshot: NetworkSnapshot,
  table: RouteTable,
  serviceName: string,
  except?: VpcEndpointId,
): VpcEndpoint | undefined {
  return valueOr(snapshot.endpoints, []).find(
    endpoint =>
      endpoint.kind === 'gateway' &&
      endpoint.id !== except &&
      endpoint.serviceName === serviceName &&
      endpoint.routeTableIds.includes(table.id),
  );
}
