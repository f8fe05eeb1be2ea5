import { routeTableId } from '../../../core/ids';
import type { RouteTable } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { mainSubject, routeTableAssociationId, routeTableShape } from './routeShapes';

/** "Amazon VPC quotas": per VPC. */
const maximumTables = 200;

function createRouteTable(input: Ec2.CreateRouteTableRequest, { region }: CallContext): Ec2.CreateRouteTableResult {
  const [id = ''] = makeOnce(region, 'CreateRouteTable', input, () => [makeTable(input, region).id]);
  const table = find('routeTable', region.routeTables, id);
  return { RouteTable: routeTableShape(region, table), ...optional({ ClientToken: input.ClientToken }) };
}

/** A new table has a local route for each range of its VPC. */
function makeTable(input: Ec2.CreateRouteTableRequest, region: PlaceState): RouteTable {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const tags = tagsAtCreation(input.TagSpecifications, 'route-table');
  if ([...region.routeTables.values()].filter(({ vpcId }) => vpcId === vpc.id).length >= maximumTables)
    throw new ServiceFault('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.');
  const table: RouteTable = {
    id: routeTableId(region.newId('rtb')),
    vpcId: vpc.id,
    isMain: false,
    subnetIds: [],
    routes: vpc.cidrBlocks.map(cidr => ({
      destination: { kind: 'cidr', cidr },
      target: { kind: 'local' },
      state: 'active',
      origin: 'createRouteTable',
    })),
    tags,
  };
  region.routeTables.set(table.id, table);
  return table;
}

function deleteRouteTable(input: Ec2.DeleteRouteTableRequest, { region }: CallContext): object {
  const table = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  if (table.isMain || table.subnetIds.length > 0)
    throw new ServiceFault(
      'DependencyViolation',
      `The routeTable '${table.id}' has dependencies and cannot be deleted.`,
    );
  region.routeTables.delete(table.id);
  for (const endpoint of region.endpoints.values())
    if (endpoint.routeTableIds.includes(table.id))
      region.endpoints.set(endpoint.id, {
        ...endpoint,
        routeTableIds: endpoint.routeTableIds.filter(id => id !== table.id),
      });
  return {};
}

function associateRouteTable(
  input: Ec2.AssociateRouteTableRequest,
  { region }: CallContext,
): Ec2.AssociateRouteTableResult {
  const table = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  if (input.GatewayId !== undefined || input.PublicIpv4Pool !== undefined)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud associates route tables with subnets only.');
  if (input.SubnetId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter subnetId or gatewayId');
  const subnet = find('subnet', region.subnets, input.SubnetId);
  if (subnet.vpcId !== table.vpcId)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
    );
  if ([...region.routeTables.values()].some(({ subnetIds }) => subnetIds.includes(subnet.id)))
    throw new ServiceFault(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${table.id} conflicts with an existing association`,
    );
  region.routeTables.set(table.id, { ...table, subnetIds: [...table.subnetIds, subnet.id] });
  return associated(routeTableAssociationId(region, table, subnet.id));
}

function associated(AssociationId: string): { AssociationId: string; AssociationState: { State: 'associated' } } {
  return { AssociationId, AssociationState: { State: 'associated' } };
}

interface Association {
  readonly table: RouteTable;
  /** Undefined for the main one. */
  readonly subnetId: RouteTable['subnetIds'][number] | undefined;
}

function findAssociation(region: PlaceState, id: string): Association {
  const all = new Map<string, Association>();
  for (const table of region.routeTables.values()) {
    if (table.isMain) all.set(routeTableAssociationId(region, table, mainSubject), { table, subnetId: undefined });
    for (const subnetId of table.subnetIds)
      all.set(routeTableAssociationId(region, table, subnetId), { table, subnetId });
  }
  return find('routeTableAssociation', all, id);
}

function disassociateRouteTable(input: Ec2.DisassociateRouteTableRequest, { region }: CallContext): object {
  const { AssociationId: id = '' } = input;
  const { table, subnetId } = findAssociation(region, id);
  if (subnetId === undefined)
    throw new ServiceFault('InvalidParameterValue', `cannot disassociate the main route table association ${id}`);
  leave(region, table, subnetId);
  return {};
}

function leave(region: PlaceState, table: RouteTable, subnetId: RouteTable['subnetIds'][number]): void {
  region.routeTables.set(table.id, { ...table, subnetIds: table.subnetIds.filter(other => other !== subnetId) });
}

/** Moves a subnet, or the place of the VPC's main table, to another table. */
function replaceRouteTableAssociation(
  input: Ec2.ReplaceRouteTableAssociationRequest,
  { region }: CallContext,
): Ec2.ReplaceRouteTableAssociationResult {
  const { table, subnetId } = findAssociation(region, input.AssociationId ?? '');
  const next = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  if (next.vpcId !== table.vpcId)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Route table ${next.id} and ${subnetId ? `subnet ${subnetId}` : `vpc ${table.vpcId}`} belong to different networks`,
    );
  const { AssociationId, AssociationState } = associated(
    routeTableAssociationId(region, next, subnetId ?? mainSubject),
  );
  if (next.id !== table.id) move(region, table, next.id, subnetId);
  return { NewAssociationId: AssociationId, AssociationState };
}

function move(
  region: PlaceState,
  table: RouteTable,
  nextId: RouteTable['id'],
  subnetId: Association['subnetId'],
): void {
  if (subnetId === undefined) region.routeTables.set(table.id, { ...table, isMain: false });
  else leave(region, table, subnetId);
  const next = region.routeTables.get(nextId);
  if (next)
    region.routeTables.set(nextId, {
      ...next,
      ...(subnetId === undefined ? { isMain: true } : { subnetIds: [...next.subnetIds, subnetId] }),
    });
}

export const routeTableChangeOperations: OperationTable = {
  AssociateRouteTable: associateRouteTable,
  CreateRouteTable: createRouteTable,
  DeleteRouteTable: deleteRouteTable,
  DisassociateRouteTable: disassociateRouteTable,
  ReplaceRouteTableAssociation: replaceRouteTableAssociation,
};
