import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Instances. */
export function instanceCommands({ views, sessions }: CommandParts) {
  return {
    'vpcLabs.instance.capture': async target => (await sessions()).captureOnInstance(target),
    'vpcLabs.instance.openShell': async target => (await sessions()).openShell(target),
    'vpcLabs.instances.refresh': () => views.instances.refresh(),
  } satisfies Partial<CommandTable>;
}
