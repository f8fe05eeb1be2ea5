import type { RouteTableChoice } from '../../app/operations/chooseRouteTables';
import type { RouteTableId } from '../../core/ids';
import { nameOrId, nameTag, type VpcEndpoint } from '../../core/network';
import { t } from '../../words/translation';
import type { PickItem } from '../wizard';

/** A route table in a list, with the subnets that use it and the endpoint that it leads to already. */
export function routeTableItem(
  { table, subnets }: RouteTableChoice,
  rival: VpcEndpoint | undefined,
): PickItem<RouteTableId> {
  const users = subnets.map(subnet => `${nameOrId(subnet)} (${subnet.availabilityZone})`).join(', ');
  return {
    label: nameOrId(table),
    description: [nameTag(table.tags) && table.id, table.isMain ? t('main table') : ''].filter(Boolean).join(' · '),
    detail: rival ? t('leads to {0} already', nameOrId(rival)) : users || t('no subnet uses it'),
    value: table.id,
  };
}
