import type { RouteTable, Subnet } from '../network';

/**
 * The table that a subnet's traffic leaves by: an explicit association, else the VPC's main table ("Amazon VPC User Guide: Subnet route
 * tables"). Undefined only when the list holds neither.
 */
export function routeTableOf(
  subnet: Pick<Subnet, 'id' | 'vpcId'>,
  routeTables: readonly RouteTable[],
): RouteTable | undefined {
  return (
    routeTables.find(table => table.subnetIds.includes(subnet.id)) ??
    routeTables.find(table => table.vpcId === subnet.vpcId && table.isMain)
  );
}
