import type { EndpointEntry, InstanceEntry, Memory, ScopeStore } from '../../app/appModel';
import { everyEndpoint } from '../../app/everyEndpoint';
import type { PeeringDetails } from '../../app/peering/peeringDetails';
import type { InboxEntry } from '../../app/requests/pendingRequests';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { SessionLedger } from '../../app/sessions/sessionLedger';
import type { Stores } from '../../app/stores';
import type { Clock } from '../../base/clock';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Log } from '../../base/log';
import type { ArrangeableView } from '../commands/arrangeView';
import type { SelectableView } from '../focusedScope';
import type { PickableView } from '../pickers/pickResourceNode';
import { makeEndpointsView } from './endpointsView';
import { makeInstancesView } from './instancesView';
import { makePeeringView } from './peeringView';
import { makePendingView } from './pendingView';
import { ResourceView } from './resourceView';
import { makeServicesView } from './servicesView';
import type { TreeSlots } from './treeSlots';

/** The trees of the sidebar. */
export interface Views {
  readonly endpoints: ResourceView<EndpointEntry>;
  readonly services: ResourceView<ServiceDetails>;
  readonly pending: ResourceView<InboxEntry>;
  readonly peering: ResourceView<PeeringDetails>;
  readonly instances: ResourceView<InstanceEntry>;
}

export function makeViews(
  scopes: ScopeStore,
  stores: Stores,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
  ledger: SessionLedger,
): Views & Disposable {
  const owned = new DisposableStore();
  return {
    endpoints: owned.add(makeEndpointsView(scopes, everyEndpoint(stores), log, memory, slots, clock, stores.services)),
    services: owned.add(makeServicesView(scopes, stores.services, log, memory, slots, clock)),
    pending: owned.add(makePendingView(scopes, stores.pending, log, memory, slots, clock)),
    peering: owned.add(makePeeringView(scopes, stores.peering, log, memory, slots, clock)),
    instances: owned.add(makeInstancesView(scopes, stores.instances, log, memory, slots, clock, ledger)),
    dispose: () => owned.dispose(),
  };
}

/** Shows how long ago something was. */
interface AgingView {
  redrawAges(): void;
}

/** Those that list resources, whatever their kind. */
export function resourceViews(views: Views): readonly (ArrangeableView & PickableView & SelectableView & AgingView)[] {
  return Object.values(views).filter(view => view instanceof ResourceView);
}
