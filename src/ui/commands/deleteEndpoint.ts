import * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { deleteEndpoint, endpointLoss } from '../../app/operations/deleteEndpoint';
import { lossWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import { pickEndpoint } from '../pickers/pickEndpoint';
import { kindMark } from '../scopeText';
import type { EndpointTarget } from '../views/targets';

/** One dialog that names what is lost; resolves with whether it was deleted. */
export function deleteEndpointCommand(scopes: ScopeStore, store: ResourceStore<EndpointDetails>) {
  return async (target: EndpointTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickEndpoint(scopes, store, t('Which endpoint shall be deleted?')));
    if (!chosen) return false;
    const { scope, endpoint } = chosen;
    const details = store.find(scope, endpoint.id) ?? { endpoint, interfaces: [], securityGroups: [], gaps: [] };
    const loss = endpointLoss(details);
    const verb = t('Delete Endpoint');
    const answer = await vscode.window.showWarningMessage(
      t('Delete {0} in {1} ({2})?', loss.name ?? loss.endpointId, scope.label, kindMark(scope)),
      { modal: true, detail: lossWords(loss) },
      verb,
    );
    if (answer !== verb) return false;
    await deleteEndpoint(scope, endpoint.id, { store });
    return true;
  };
}
