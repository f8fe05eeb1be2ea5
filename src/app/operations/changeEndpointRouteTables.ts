import type { RouteTableId } from '../../core/ids';
import { nameOrId, type RouteTable, type VpcEndpoint } from '../../core/network';
import { valueOr } from '../../core/reading';
import { serviceLabel } from '../../core/serviceNames';
import type { NetworkSnapshot } from '../../core/snapshot';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import { routeTableChoices } from './chooseRouteTables';
import { difference, planEndpointModification } from './planEndpointModification';

/** Giving route tables a route to a gateway endpoint, and taking it from others. Undefined when nothing changes. */
export function planRouteTableChange(
  scope: Scope,
  endpoint: VpcEndpoint,
  snapshot: NetworkSnapshot,
  chosen: readonly RouteTableId[],
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> | undefined {
  const { added, removed } = difference(endpoint.routeTableIds, chosen);
  if (added.length + removed.length === 0) return undefined;
  const service = serviceLabel(endpoint.serviceName);
  const users = (ids: readonly RouteTableId[]) => subnetNames(snapshot, endpoint, ids);
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: t('Change the route tables'),
      change: { addRouteTableIds: added, removeRouteTableIds: removed },
      facts: [
        ...tableFact('add', t('Through the endpoint from now on'), snapshot, added),
        ...tableFact('remove', t('By their other routes again'), snapshot, removed),
      ],
      warnings: [
        ...(added.length > 0 ? [dropWarning(service, users(added))] : []),
        ...(removed.length > 0
          ? [
              t(
                'Open connections to {0} may drop, and without another route it is out of reach: {1}.',
                service,
                users(removed),
              ),
            ]
          : []),
      ],
    },
    store,
  );
}

/** AWS changes the path of a connection that is open, and its source address with it ("AWS PrivateLink Guide: Gateway endpoints"). */
export function dropWarning(service: string, subnets: string): string {
  return t('Open connections to {0} may drop when the route changes: {1}.', service, subnets);
}

/** Names of the subnets whose traffic leaves by these tables. */
export function subnetNames(
  snapshot: NetworkSnapshot,
  { vpcId }: Pick<VpcEndpoint, 'vpcId'>,
  ids: readonly RouteTableId[],
): string {
  const subnets = routeTableChoices(snapshot, vpcId)
    .filter(({ table }) => ids.includes(table.id))
    .flatMap(choice => choice.subnets);
  return subnets.map(subnet => nameOrId(subnet)).join(', ') || t('no subnet uses them');
}

/** A line for tables, by their names. */
export function tableFact(
  icon: string,
  label: string,
  snapshot: NetworkSnapshot,
  ids: readonly RouteTableId[],
): readonly ChangeFact[] {
  const tables: readonly RouteTable[] = valueOr(snapshot.routeTables, []);
  const names = ids.map(id => {
    const table = tables.find(item => item.id === id);
    return table ? nameOrId(table) : id;
  });
  return names.length > 0 ? [{ icon, label, text: names.join(', ') }] : [];
}
