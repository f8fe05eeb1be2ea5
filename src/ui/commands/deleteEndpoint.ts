import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { planEndpointRemoval } from '../../app/operations/planEndpointRemoval';
import { t } from '../../words/translation';
import { confirmRemoval } from '../changes/confirmRemoval';
import { pickEndpoint } from '../pickers/pickEndpoint';
import type { EndpointTarget } from '../views/targets';

/** One dialog that names what is lost; resolves with whether it was deleted. */
export function deleteEndpointCommand(scopes: ScopeStore, store: ResourceStore<EndpointDetails>) {
  return async (target: EndpointTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickEndpoint(scopes, store, t('Which endpoint shall be deleted?')));
    if (!chosen) return false;
    const { scope, endpoint } = chosen;
    const details = store.find(scope, endpoint.id) ?? {
      endpoint,
      interfaces: [],
      securityGroups: [],
      routeTables: [],
      gaps: [],
    };
    return (
      (await confirmRemoval(scopes, scope, planEndpointRemoval(scope, [details], { endpoints: store }))) !== undefined
    );
  };
}
