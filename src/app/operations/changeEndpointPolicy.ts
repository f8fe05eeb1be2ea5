import { isFullAccess } from '../../core/endpointPolicy';
import { nameOrId, type VpcEndpoint } from '../../core/network';
import { policyWords } from '../../words/endpointDetails';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { PlannedChange } from '../changes/plannedChange';
import { planEndpointModification } from './planEndpointModification';

/** Giving an endpoint another policy; `fullAccess` sets it back to AWS's own. */
export function planPolicyChange(
  scope: Scope,
  endpoint: VpcEndpoint,
  document: string | 'fullAccess',
  store?: ResourceStore<EndpointDetails>,
): PlannedChange<void> {
  const isReset = document === 'fullAccess';
  const isOpen = isReset || isFullAccess(document);
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: isReset ? t('Set the policy back') : t('Apply the policy'),
      change: { policy: isReset ? 'fullAccess' : { document } },
      facts: [
        { icon: 'plug', label: t('Endpoint'), text: nameOrId(endpoint) },
        {
          icon: 'law',
          label: t('Policy'),
          text: t('{0}, until now {1}', policyWords(isOpen), policyWords(isFullAccess(endpoint.policyDocument))),
        },
      ],
      warnings: isOpen
        ? []
        : [t('What the policy does not allow is refused at once (AccessDenied), also to programs that run.')],
    },
    store,
  );
}
