import type { EndpointEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { nameOrId } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointKindWords, instanceConnectStateWords } from '../../words/endpointDetails';
import { endpointStateWords } from '../../words/endpointStates';
import { t } from '../../words/translation';
import type { EndpointTarget, InstanceConnectTarget, TaggedTarget } from '../views/targets';
import { pickResource } from './pickResource';

/** Asks for an endpoint of any kind. */
export async function pickAnyEndpoint(
  scopes: ScopeStore,
  store: ResourceStore<EndpointEntry>,
  placeholder: string,
): Promise<((EndpointTarget | InstanceConnectTarget) & TaggedTarget) | undefined> {
  const chosen = await pickResource(scopes, store, { placeholder, noneWords: t('no such endpoints'), itemOf });
  if (!chosen) return undefined;
  const { scope, value } = chosen;
  return 'endpoint' in value
    ? { scope, endpoint: value.endpoint, tagged: value.endpoint }
    : { scope, instanceConnect: value.instanceConnect, tagged: value.instanceConnect };
}

function itemOf(entry: EndpointEntry) {
  if ('instanceConnect' in entry) {
    const { instanceConnect } = entry;
    const words = [endpointKindWords('instanceConnect'), instanceConnectStateWords(instanceConnect.state)];
    return { label: nameOrId(instanceConnect), description: words.join(' · '), detail: instanceConnect.id };
  }
  const { endpoint } = entry;
  const words = [serviceLabel(endpoint.serviceName), endpointStateWords(endpoint.state)];
  return { label: nameOrId(endpoint), description: words.join(' · '), detail: endpoint.id };
}
