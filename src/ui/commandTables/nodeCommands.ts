import type { CommandTable } from '../contributions';
import { resourceViews } from '../views/makeViews';
import type { CommandParts } from './commandParts';

/** What any node may offer, and the log. */
export function nodeCommands({ log, scopes, views }: CommandParts) {
  const resource = async () =>
    (await import('../commands/resourceCommands')).resourceCommands(scopes, resourceViews(views));
  return {
    'vpcLabs.resource.openJson': async target => (await resource()).openJson(target),
    'vpcLabs.resource.copyId': async target => (await resource()).copyId(target),
    'vpcLabs.resource.copyArn': async target => (await resource()).copyArn(target),
    'vpcLabs.resource.copyDnsName': async target => (await resource()).copyDnsName(target),
    'vpcLabs.resource.copyDescribeCommand': async target => (await resource()).copyDescribeCommand(target),
    'vpcLabs.resource.openInConsole': async target => (await resource()).openInConsole(target),
    'vpcLabs.node.retry': async target => target?.retry(),
    'vpcLabs.value.copy': async target => (await import('../commands/smallCommands')).copyValue(target),
    'vpcLabs.log.show': async () => log.show(),
  } satisfies Partial<CommandTable>;
}
