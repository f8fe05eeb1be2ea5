import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Scopes and the practice cloud. */
export function scopeCommands({ scopes, practice, reviveScope, listProfiles }: CommandParts) {
  return {
    'vpcLabs.practice.start': async () => (await import('../commands/practice')).startPracticeCommand(practice)(),
    'vpcLabs.practice.reset': async () => (await import('../commands/practice')).resetPracticeCommand(practice)(),
    'vpcLabs.scope.add': async () =>
      (await import('../commands/addScope')).addScopeCommand(scopes, { listProfiles, makeScope: reviveScope })(),
    'vpcLabs.scope.remove': async target =>
      (await import('../commands/smallCommands')).removeScopeCommand(scopes)(target),
  } satisfies Partial<CommandTable>;
}
