import * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { nameOrId } from '../../core/network';
import { sessionManagerWords } from '../../words/instanceStates';
import { t } from '../../words/translation';
import type { InstanceTarget } from '../views/targets';
import { pickScope } from './pickScope';

/** Asks for an instance, those that Session Manager reaches first. */
export async function pickInstance(
  scopes: ScopeStore,
  store: ResourceStore<InstanceEntry>,
  placeholder: string,
): Promise<InstanceTarget | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const entries = [...(await store.load(scope))].filter(({ instance }) => instance.state !== 'terminated');
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(t('{0} has no instances in {1}.', scope.label, scope.region));
    return undefined;
  }
  entries.sort((one, other) => rank(one) - rank(other));
  const items = entries.map(entry => ({
    label: nameOrId(entry.instance),
    description: [entry.instance.privateIpAddress, sessionManagerWords(entry.sessionManager)]
      .filter(Boolean)
      .join(' · '),
    instance: entry.instance,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: placeholder, ignoreFocusOut: true });
  return chosen && { scope, instance: chosen.instance };
}

function rank(entry: InstanceEntry): number {
  return entry.sessionManager === 'online' ? 0 : 1;
}
