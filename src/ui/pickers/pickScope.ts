import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { t } from '../../words/translation';
import { placeText } from '../scopeText';

/**
 * Asks for a scope; the only one that fits is taken without asking, unless `whenOne` says so; none at all is a message with the way out.
 */
export async function pickScope(
  scopes: ScopeStore,
  placeholder: string,
  fits: (scope: Scope) => boolean = () => true,
  whenOne: 'take' | 'ask' = 'take',
): Promise<Scope | undefined> {
  const fitting = scopes.scopes.filter(fits);
  const [first, second] = fitting;
  if (!first) {
    if (scopes.scopes.length === 0) await offerScopes();
    else void vscode.window.showInformationMessage(t('There is no scope for which this would make a difference.'));
    return undefined;
  }
  if (!second && whenOne === 'take') return first;
  const items = fitting.map(scope => ({
    label: scope.label,
    description: placeText(scope),
    scope,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: placeholder, ignoreFocusOut: true });
  return chosen?.scope;
}

async function offerScopes(): Promise<void> {
  const start = t('Start the practice cloud');
  const add = t('Add a scope');
  const choice = await vscode.window.showInformationMessage(
    t('There is no scope yet: nothing to work on.'),
    start,
    add,
  );
  if (choice === start) await vscode.commands.executeCommand('vpcLabs.practice.start');
  else if (choice === add) await vscode.commands.executeCommand('vpcLabs.scope.add');
}
