import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { refreshScope } from '../../app/refreshScope';
import type { Stores } from '../../app/stores';
import { t } from '../../words/translation';
import { pickScope } from '../pickers/pickScope';
import { signInDesk } from '../signInDesk';
import type { SignInTarget } from '../views/targets';

/** Signs in anew, and reads again whatever was shown of the scopes of the same profile. Resolves with the scope; undefined: none was chosen. */
export function signInCommand(scopes: ScopeStore, stores: Stores) {
  return async (target: SignInTarget | undefined): Promise<Scope | undefined> => {
    const scope =
      target?.scope ??
      (await pickScope(scopes, t('Sign in again to which scope?'), ({ signIn }) => signIn !== undefined));
    if (!scope?.signIn) return undefined;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Signing in with profile {0}…', scope.label) },
      async () => scope.signIn?.(signInDesk),
    );
    const same = scopes.scopes.filter(({ id, saved }) => id === scope.id || saved?.profile === scope.saved?.profile);
    for (const each of same) scopes.noteSignIn(each);
    await Promise.all(same.map(each => refreshScope(stores, each)));
    await target?.retry?.();
    return scope;
  };
}
