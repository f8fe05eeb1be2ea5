import * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { nameOrId } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointStateWords } from '../../words/endpointStates';
import { t } from '../../words/translation';
import type { EndpointTarget } from '../views/targets';
import { pickScope } from './pickScope';

/** Asks for an endpoint. */
export async function pickEndpoint(
  scopes: ScopeStore,
  store: ResourceStore<EndpointDetails>,
  placeholder: string,
): Promise<EndpointTarget | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const entries = await store.load(scope);
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(t('{0} has no endpoints in {1}.', scope.label, scope.region));
    return undefined;
  }
  const items = entries.map(({ endpoint }) => ({
    label: nameOrId(endpoint),
    description: `${serviceLabel(endpoint.serviceName)} · ${endpointStateWords(endpoint.state)}`,
    detail: endpoint.id,
    endpoint,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: placeholder, ignoreFocusOut: true });
  return chosen && { scope, endpoint: chosen.endpoint };
}
