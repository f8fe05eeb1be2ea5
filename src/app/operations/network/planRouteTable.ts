import type { SubnetId, VpcId } from '../../../core/ids';
import type { RouteTable } from '../../../core/network';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand, RawWord, tagFlag } from '../../changes/awsCommand';
import type { PlannedChange } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

export interface RouteTableInput {
  readonly vpcId: VpcId;
  readonly name: string | undefined;
  /** Their traffic leaves by the new table at once. */
  readonly subnetIds: readonly SubnetId[];
}

/** A route table, and the subnets that shall use it. */
export function planRouteTable(scope: Scope, { vpcId, name, subnetIds }: RouteTableInput): PlannedChange<RouteTable> {
  const tags = nameTags(name);
  const make = awsCommand(scope, 'ec2', 'create-route-table', {
    'vpc-id': vpcId,
    'tag-specifications': tagFlag('route-table', tags),
    ...(subnetIds.length > 0 ? { query: 'RouteTable.RouteTableId', output: 'text' } : {}),
  });
  const associate = (subnetId: SubnetId) =>
    awsCommand(scope, 'ec2', 'associate-route-table', {
      'route-table-id': new RawWord('"$ROUTE_TABLE_ID"'),
      'subnet-id': subnetId,
    });
  return {
    label: t('Create the route table'),
    doing: t('Creating the route table'),
    facts: [
      ...nameFact(name),
      { icon: 'type-hierarchy', label: t('Subnets'), text: subnetIds.join(', ') || t('none yet') },
    ],
    warnings:
      subnetIds.length > 0
        ? [t('The new table knows its own VPC only: these subnets lose the routes that they have now.')]
        : [],
    hourlyPriceUsd: 0,
    commandLines: subnetIds.length > 0 ? [`ROUTE_TABLE_ID=$(${make})`, ...subnetIds.map(associate)] : [make],
    rehearse: async call => (await scope.gateways()).routes.createRouteTable({ vpcId, tags }, call),
    run: async context => {
      const { routes } = await scope.gateways();
      const table = await routes.createRouteTable({ vpcId, tags });
      context.made({
        id: table.id,
        label: t('route table {0}', table.id),
        remove: async options => {
          for (const subnetId of subnetIds) await routes.disassociateSubnet(subnetId, options);
          await routes.deleteRouteTable(table.id, options);
        },
      });
      for (const subnetId of subnetIds) {
        context.signal.throwIfAborted();
        await routes.associateSubnet(table.id, subnetId);
      }
      return table;
    },
  };
}
