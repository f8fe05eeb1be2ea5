import { nameOrId, type RouteTable, type Subnet } from '../../../core/network';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand } from '../../changes/awsCommand';
import type { PlannedChange } from '../../changes/plannedChange';

/** Letting a subnet's traffic leave by another route table. `current` is its own table; without one it uses the VPC's main table. */
export function planTableUse(
  scope: Scope,
  {
    subnet,
    table,
    current,
  }: { readonly subnet: Subnet; readonly table: RouteTable; readonly current?: RouteTable | undefined },
): PlannedChange<void> {
  const describe = awsCommand(scope, 'ec2', 'describe-route-tables', {
    filters: `Name=association.subnet-id,Values=${subnet.id}`,
    query: `RouteTables[0].Associations[?SubnetId=='${subnet.id}'].RouteTableAssociationId`,
    output: 'text',
  });
  return {
    label: t('Use the route table'),
    doing: t('Changing the route table of {0}', subnet.id),
    facts: [
      { icon: 'type-hierarchy', label: t('Subnet'), text: nameOrId(subnet) },
      { icon: 'arrow-right', label: t('Route table'), text: nameOrId(table) },
    ],
    warnings: [
      t(
        'Connections that {0} has by {1} end when the new table leads elsewhere.',
        subnet.id,
        current?.id ?? t('the main table'),
      ),
    ],
    hourlyPriceUsd: 0,
    commandLines: current
      ? [
          `ASSOCIATION_ID=$(${describe})`,
          `${awsCommand(scope, 'ec2', 'replace-route-table-association', { 'route-table-id': table.id })} --association-id "$ASSOCIATION_ID"`,
        ]
      : [awsCommand(scope, 'ec2', 'associate-route-table', { 'route-table-id': table.id, 'subnet-id': subnet.id })],
    run: async () => (await scope.gateways()).routes.associateSubnet(table.id, subnet.id),
  };
}
