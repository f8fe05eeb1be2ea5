import * as vscode from 'vscode';
import type { ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { t } from '../../words/translation';
import { pickScope } from './pickScope';

export interface ResourceQuestion<T> {
  /** "Which endpoint shall be deleted?" */
  readonly placeholder: string;
  /** What stands there when the scope has none: "no endpoints". */
  readonly noneWords: string;
  itemOf(value: T): vscode.QuickPickItem;
  /** Those that the command can do something with. */
  readonly fits?: (value: T) => boolean;
  /** Lower comes first. */
  readonly rank?: (value: T) => number;
}

/** Asks for a scope and one of its resources. */
export async function pickResource<T>(
  scopes: ScopeStore,
  store: ResourceStore<T>,
  { placeholder, noneWords, itemOf, fits = () => true, rank = () => 0 }: ResourceQuestion<T>,
): Promise<{ readonly scope: Scope; readonly value: T } | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const values = (await store.load(scope)).filter(fits).sort((one, other) => rank(one) - rank(other));
  if (values.length === 0) {
    void vscode.window.showInformationMessage(t('{0} has {1} in {2}.', scope.label, noneWords, scope.region));
    return undefined;
  }
  const items = values.map(value => ({ ...itemOf(value), value }));
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: placeholder,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen && { scope, value: chosen.value };
}
