import type {
  EndpointDetails,
  EndpointEntry,
  InstanceConnectDetails,
  InstanceEntry,
  ResourceStore,
  ScopeStore,
} from '../../app/appModel';
import { joinStores } from '../../app/joinStores';
import type { Stores } from '../../app/stores';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Log } from '../../base/log';
import { makeEndpointsView } from './endpointsView';
import { makeInstancesView } from './instancesView';
import type { ResourceView } from './resourceView';

/** The trees of the sidebar. */
export interface Views {
  readonly endpoints: ResourceView<EndpointEntry>;
  readonly instances: ResourceView<InstanceEntry>;
}

function everyEndpoint({ endpoints, instanceConnectEndpoints }: Stores): ResourceStore<EndpointEntry> {
  return joinStores<EndpointDetails, InstanceConnectDetails>(endpoints, instanceConnectEndpoints, entry =>
    'endpoint' in entry ? entry.endpoint.id : entry.instanceConnect.id,
  );
}

export function makeViews(scopes: ScopeStore, stores: Stores, log: Log): Views & Disposable {
  const owned = new DisposableStore();
  return {
    endpoints: owned.add(makeEndpointsView(scopes, everyEndpoint(stores), log)),
    instances: owned.add(makeInstancesView(scopes, stores.instances, log)),
    dispose: () => owned.dispose(),
  };
}
