import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { nameOrId } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointStateWords } from '../../words/endpointStates';
import { t } from '../../words/translation';
import type { EndpointTarget } from '../views/targets';
import { pickResource } from './pickResource';

/** Asks for an endpoint. */
export async function pickEndpoint(
  scopes: ScopeStore,
  store: ResourceStore<EndpointDetails>,
  placeholder: string,
  fits?: (details: EndpointDetails) => boolean,
): Promise<EndpointTarget | undefined> {
  const chosen = await pickResource(scopes, store, {
    placeholder,
    noneWords: t('no such endpoints'),
    itemOf: ({ endpoint }) => ({
      label: nameOrId(endpoint),
      description: `${serviceLabel(endpoint.serviceName)} · ${endpointStateWords(endpoint.state)}`,
      detail: endpoint.id,
    }),
    ...(fits ? { fits } : {}),
  });
  return chosen && { scope: chosen.scope, endpoint: chosen.value.endpoint };
}
