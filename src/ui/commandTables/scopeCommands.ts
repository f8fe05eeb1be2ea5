import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Scopes and the practice cloud. */
export function scopeCommands({ scopes, stores, practice, reviveScope, listProfiles }: CommandParts) {
  return {
    'vpcLabs.practice.start': async () => (await import('../commands/practice')).startPracticeCommand(practice)(),
    'vpcLabs.practice.reset': async () => (await import('../commands/practice')).resetPracticeCommand(practice)(),
    'vpcLabs.scope.add': async () =>
      (await import('../commands/addScope')).addScopeCommand(scopes, { listProfiles, makeScope: reviveScope })(),
    'vpcLabs.scope.remove': async target =>
      (await import('../commands/scopeSwitches')).removeScopeCommand(scopes)(target),
    'vpcLabs.scope.signIn': async target => (await import('../commands/signIn')).signInCommand(scopes, stores)(target),
    'vpcLabs.scope.makeReadOnly': async target =>
      (await import('../commands/scopeSwitches')).setReadOnlyCommand(scopes, true)(target),
    'vpcLabs.scope.allowChanges': async target =>
      (await import('../commands/scopeSwitches')).setReadOnlyCommand(scopes, false)(target),
  } satisfies Partial<CommandTable>;
}
