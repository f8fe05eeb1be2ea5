import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { t } from '../../words/translation';
import { placeText } from '../scopeText';

/** Asks for a scope; the only one is taken without asking, none is a message with the way out. */
export async function pickScope(scopes: ScopeStore, placeholder: string): Promise<Scope | undefined> {
  const [first, second] = scopes.scopes;
  if (!first) {
    await offerScopes();
    return undefined;
  }
  if (!second) return first;
  const items = scopes.scopes.map(scope => ({
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
