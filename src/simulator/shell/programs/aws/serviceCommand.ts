/** `aws <service> …`: the operations of its wire schema, and what it can wait for. */
import type { ServiceModel } from '../../../protocols/clientCodec';
import { kebabName } from '../../../protocols/clientCodec';
import { parseArguments } from './argumentParser';
import { printHelp } from './help';
import { runOperation } from './operationCommand';
import type { CliSession } from './session';
import { hasWaiters, runWait } from './waitCommand';

/** Operations that the CLI leaves out (awscli/customizations/removals.py). */
const removed = ['ImportInstance', 'ImportVolume'];

export async function runService(session: CliSession, service: ServiceModel, args: readonly string[]): Promise<number> {
  const names = [...service.actions.keys()].filter(name => !removed.includes(name)).sort();
  const choices = [...names.map(kebabName), ...(hasWaiters(service) ? ['wait'] : []), 'help'];
  const { values, rest } = parseArguments(args, {
    options: [],
    positionals: [{ name: 'operation', count: 'one', choices }],
  });
  const name = values.get('operation')?.[0] ?? '';
  if (name === 'help' || (rest.length === 1 && rest[0] === 'help')) return printHelp(session);
  if (name === 'wait') return runWait(session, service, rest);
  const operation = service.operations.get(name);
  return operation ? runOperation(session, operation, rest) : 0;
}
