import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** What any node may offer, and the log. */
export function nodeCommands({ log }: CommandParts) {
  return {
    'vpcLabs.node.retry': async target => target?.retry(),
    'vpcLabs.value.copy': async target => (await import('../commands/smallCommands')).copyValue(target),
    'vpcLabs.log.show': async () => log.show(),
  } satisfies Partial<CommandTable>;
}
