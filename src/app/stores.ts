import type { Clock } from '../base/clock';
import { type Disposable, DisposableStore } from '../base/disposable';
import type { EndpointDetails, InstanceConnectDetails, InstanceEntry, ResourceStore, ScopeStore } from './appModel';
import { BilledStore, type BilledThings } from './billedStore';
import { EndpointServiceStore } from './endpointServiceStore';
import { EndpointStore } from './endpointStore';
import { InstanceConnectStore } from './instanceConnectStore';
import { InstanceStore } from './instanceStore';
import type { PeeringDetails } from './peering/peeringDetails';
import { PeeringStore } from './peering/peeringStore';
import type { InboxEntry } from './requests/pendingRequests';
import { PendingStore } from './requests/pendingStore';
import type { ServiceDetails } from './serviceDetails';

/** What was read of each kind of resource, in all scopes. One of each in a window: views, pickers and commands share them. */
export interface Stores {
  readonly endpoints: ResourceStore<EndpointDetails>;
  readonly instanceConnectEndpoints: ResourceStore<InstanceConnectDetails>;
  readonly services: ResourceStore<ServiceDetails>;
  readonly pending: ResourceStore<InboxEntry>;
  readonly peering: ResourceStore<PeeringDetails>;
  readonly instances: ResourceStore<InstanceEntry>;
  readonly billed: ResourceStore<BilledThings>;
}

/** Those whose resources have lines of their own in a tree. */
export function everyStore(stores: Stores): readonly ResourceStore<object>[] {
  const { endpoints, instanceConnectEndpoints, services, pending, peering, instances } = stores;
  return [endpoints, instanceConnectEndpoints, services, pending, peering, instances];
}

/** Makes the stores; each forgets the scopes that are gone. */
export function createStores(scopes: Pick<ScopeStore, 'scopes' | 'onDidChange'>, clock: Clock): Stores & Disposable {
  const owned = new DisposableStore();
  const stores = {
    endpoints: owned.add(new EndpointStore(clock)),
    instanceConnectEndpoints: owned.add(new InstanceConnectStore(clock)),
    services: owned.add(new EndpointServiceStore(clock)),
    pending: owned.add(new PendingStore(clock)),
    peering: owned.add(new PeeringStore(clock, scopes)),
    instances: owned.add(new InstanceStore(clock)),
    billed: owned.add(new BilledStore(clock)),
  };
  owned.add(
    scopes.onDidChange(() => {
      for (const store of Object.values(stores)) store.keepOnly(scopes.scopes);
    }),
  );
  return { ...stores, dispose: () => owned.dispose() };
}
