import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { EndpointNode } from './endpointNode';
import { ResourceView } from './resourceView';

/** Endpoints by scope. */
export function makeEndpointsView(
  scopes: ScopeStore,
  store: ResourceStore<EndpointDetails>,
  log: Log,
): ResourceView<EndpointDetails> {
  return new ResourceView({
    viewId: views.endpoints,
    scopes,
    store,
    log,
    makeNode: (scope, details) => new EndpointNode(views.endpoints, scope, details),
    emptyText: () => t('No endpoints yet. Create one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.endpoint.createInterface',
      title: t('Create Interface Endpoint'),
      arguments: [{ scope }],
    }),
  });
}
