import type { Scope, ScopeStore } from '../../app/appModel';
import { t } from '../../words/translation';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';

/** Keeps a scope from being changed through this extension, or allows it again. Resolves with the scope. */
export function setReadOnlyCommand(scopes: ScopeStore, isReadOnly: boolean) {
  return async (target: ScopeTarget | undefined): Promise<Scope | undefined> => {
    const question = isReadOnly ? t('Which scope shall be read-only?') : t('Changes in which scope shall be allowed?');
    const fits = (scope: Scope) => (scope.isReadOnly ?? false) !== isReadOnly;
    const scope = target?.scope ?? (await pickScope(scopes, question, fits));
    if (scope) scopes.setReadOnly(scope.id, isReadOnly);
    return scope;
  };
}

/** Takes a scope out of the sidebar; the profile and the account stay as they are. Resolves with the scope. */
export function removeScopeCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<Scope | undefined> => {
    const question = t('Remove which scope from the sidebar?');
    const scope = target?.scope ?? (await pickScope(scopes, question, ({ saved }) => saved !== undefined, 'ask'));
    if (scope) scopes.remove(scope.id);
    return scope;
  };
}
