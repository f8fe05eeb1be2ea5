import type { ScopeStore } from '../../app/appModel';
import { copyText } from '../copyText';
import type { ScopeTarget, ValueTarget } from '../views/targets';

/** Resolves with what is on the clipboard now; undefined for a node that has nothing to copy. */
export async function copyValue(target: ValueTarget | undefined): Promise<string | undefined> {
  if (!target?.copyText) return undefined;
  await copyText(target.copyText);
  return target.copyText;
}

/** Takes a scope out of the sidebar; the profile and the account stay as they are. */
export function removeScopeCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<void> => {
    if (target) scopes.remove(target.scope.id);
  };
}
