import type { SecurityGroupId } from '../../core/ids';
import type { SecurityGroup } from '../../core/network';
import { HTTPS } from '../../core/rules/flow';
import { rulesAdmitting } from '../../core/rules/rulesAdmitting';
import { ownServiceOf } from '../../core/serviceNames';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { PlannedChange } from '../changes/plannedChange';
import { difference, planEndpointModification } from './planEndpointModification';

/** Exchanging the security groups of an endpoint. Undefined when nothing changes. */
export function planGroupChange(
  scope: Scope,
  { endpoint }: EndpointDetails,
  groups: readonly SecurityGroup[],
  chosen: readonly SecurityGroupId[],
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> | undefined {
  const { added, removed } = difference(endpoint.securityGroupIds, chosen);
  if (added.length + removed.length === 0) return undefined;
  const names = (ids: readonly SecurityGroupId[]) =>
    ids.map(id => groups.find(group => group.id === id)?.name ?? id).join(', ');
  const port = ownServiceOf(endpoint.serviceName) ? undefined : HTTPS;
  const left = groups.filter(({ id }) => chosen.includes(id));
  const isShut = left.length === chosen.length && rulesAdmitting(left, port).length === 0;
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: t('Change the security groups'),
      change: { addSecurityGroupIds: added, removeSecurityGroupIds: removed },
      facts: [
        ...(added.length > 0 ? [{ icon: 'add', label: t('Added'), text: names(added) }] : []),
        ...(removed.length > 0 ? [{ icon: 'remove', label: t('Removed'), text: names(removed) }] : []),
      ],
      warnings: isShut ? [t('No rule of the chosen groups admits clients: their connections time out.')] : [],
    },
    store,
  );
}
