import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Endpoint services. */
export function serviceCommands({ views }: CommandParts) {
  return {
    'vpcLabs.services.refresh': () => views.services.refresh(),
  } satisfies Partial<CommandTable>;
}
