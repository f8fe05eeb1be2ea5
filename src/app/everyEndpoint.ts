import type { EndpointDetails, EndpointEntry, InstanceConnectDetails, ResourceStore } from './appModel';
import { joinStores } from './joinStores';
import type { Stores } from './stores';

/** Endpoints of every kind as one list: those of VPCs before the Instance Connect ones. */
export function everyEndpoint({
  endpoints,
  instanceConnectEndpoints,
}: Pick<Stores, 'endpoints' | 'instanceConnectEndpoints'>): ResourceStore<EndpointEntry> {
  return joinStores<EndpointDetails, InstanceConnectDetails>(endpoints, instanceConnectEndpoints, entry =>
    'endpoint' in entry ? entry.endpoint.id : entry.instanceConnect.id,
  );
}
