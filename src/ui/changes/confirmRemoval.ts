import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import type { PlannedRemoval } from '../../app/changes/plannedChange';
import { t } from '../../words/translation';
import { kindMark } from '../scopeText';
import { carryOut } from './carryOut';

/** One dialog that names account, scope and what is lost; then does it. Undefined when it was given up. */
export async function confirmRemoval<Result>(
  scopes: ScopeStore,
  scope: Scope,
  removal: PlannedRemoval<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const answer = await vscode.window.showWarningMessage(
    t('{0} in {1} ({2})?', removal.question, scope.label, kindMark(scope)),
    { modal: true, detail: [await whereWords(scopes, scope), ...removal.losses].join('\n') },
    removal.verb,
  );
  if (answer !== removal.verb) return undefined;
  const done = await carryOut(scope, {
    doing: removal.doing,
    run: async context => ({ result: await removal.run(context) }),
  });
  return done;
}

/** The account's number makes sure that nobody takes one scope for another. */
async function whereWords(scopes: ScopeStore, scope: Scope): Promise<string> {
  const account = await scopes.identityOf(scope).then(
    ({ accountId }) => accountId,
    () => t('account unknown'),
  );
  return t('Account {0}, {1}.', account, scope.region);
}
