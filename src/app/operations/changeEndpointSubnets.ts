import type { SubnetId } from '../../core/ids';
import { type EndpointServiceOffer, nameOrId, type Subnet } from '../../core/network';
import { hourlyPriceUsd } from '../../core/prices';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { PlannedChange } from '../changes/plannedChange';
import type { SubnetProblem } from '../endpointPlan';
import { difference, planEndpointModification } from './planEndpointModification';

/** What the subnets of an endpoint can be chosen from. */
export interface SubnetGround {
  readonly subnets: readonly Subnet[];
  /** Undefined when AWS does not say what the service offers. */
  readonly service: EndpointServiceOffer | undefined;
}

/** Why AWS would refuse these subnets for an endpoint that exists. */
export function subnetChangeProblem(
  { subnets, service }: SubnetGround,
  { endpoint }: EndpointDetails,
  chosen: readonly SubnetId[],
): SubnetProblem | undefined {
  if (chosen.length === 0) return { kind: 'none' };
  const zones = new Set<string>();
  for (const { id, availabilityZone } of subnets) {
    if (!chosen.includes(id)) continue;
    if (zones.has(availabilityZone)) return { kind: 'sameZone', availabilityZone };
    zones.add(availabilityZone);
    const isNew = !endpoint.subnetIds.includes(id);
    const offered = service?.availabilityZones ?? [];
    if (isNew && offered.length > 0 && !offered.includes(availabilityZone))
      return { kind: 'zoneNotSupported', availabilityZone };
  }
  return undefined;
}

/** Adding and removing interfaces of an endpoint by their subnets. Undefined when nothing changes. */
export function planSubnetChange(
  scope: Scope,
  details: EndpointDetails,
  subnets: readonly Subnet[],
  chosen: readonly SubnetId[],
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> | undefined {
  const { endpoint, interfaces } = details;
  const { added, removed } = difference(endpoint.subnetIds, chosen);
  if (added.length + removed.length === 0) return undefined;
  const label = (id: SubnetId) => {
    const subnet = subnets.find(item => item.id === id);
    return subnet ? `${nameOrId(subnet)} (${subnet.availabilityZone})` : id;
  };
  const lost = interfaces.filter(({ subnetId }) => removed.includes(subnetId)).map(item => item.privateIpAddress);
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: t('Change the subnets'),
      change: { addSubnetIds: added, removeSubnetIds: removed },
      facts: [
        ...(added.length > 0 ? [{ icon: 'add', label: t('New interfaces'), text: added.map(label).join(', ') }] : []),
        ...(removed.length > 0 ? [{ icon: 'remove', label: t('Removed'), text: removed.map(label).join(', ') }] : []),
      ],
      warnings: lost.length > 0 ? [t('Connections through {0} end.', lost.join(', '))] : [],
      hourlyPriceUsd: Math.max(0, added.length - removed.length) * hourlyPriceUsd.interfaceEndpointZone,
    },
    store,
  );
}
