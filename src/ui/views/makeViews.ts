import type { EndpointDetails, InstanceEntry, ScopeStore } from '../../app/appModel';
import type { Stores } from '../../app/stores';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Log } from '../../base/log';
import { makeEndpointsView } from './endpointsView';
import { makeInstancesView } from './instancesView';
import type { ResourceView } from './resourceView';

/** The trees of the sidebar. */
export interface Views {
  readonly endpoints: ResourceView<EndpointDetails>;
  readonly instances: ResourceView<InstanceEntry>;
}

export function makeViews(scopes: ScopeStore, stores: Stores, log: Log): Views & Disposable {
  const owned = new DisposableStore();
  return {
    endpoints: owned.add(makeEndpointsView(scopes, stores.endpoints, log)),
    instances: owned.add(makeInstancesView(scopes, stores.instances, log)),
    dispose: () => owned.dispose(),
  };
}
