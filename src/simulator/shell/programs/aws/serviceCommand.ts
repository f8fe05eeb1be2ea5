/** `aws <service> …`: the operations of its wire schema, and what it can wait for. */
import type { ServiceModel } from '../../../protocols/clientCodec';
import { kebabName } from '../../../protocols/clientCodec';
import { parseArguments } from './argumentParser';
import { printHelp } from './help';
import { runOpenTunnel } from './instanceConnect/openTunnelCommand';
import { runSsh } from './instanceConnect/sshCommand';
import { runOperation } from './operationCommand';
import type { CliSession } from './session';
import { hasWaiters, runWait } from './waitCommand';

/** Operations that the CLI leaves out (awscli/customizations/removals.py). */
const removed = ['ImportInstance', 'ImportVolume'];

type OwnCommand = (session: CliSession, args: readonly string[]) => Promise<number>;

/** Commands that are no operations, by service. */
const ownCommands: Readonly<Record<string, ReadonlyMap<string, OwnCommand>>> = {
  'ec2-instance-connect': new Map<string, OwnCommand>([
    ['open-tunnel', runOpenTunnel],
    ['ssh', runSsh],
  ]),
};

export async function runService(session: CliSession, service: ServiceModel, args: readonly string[]): Promise<number> {
  const names = [...service.actions.keys()].filter(name => !removed.includes(name)).sort();
  const own = ownCommands[service.name] ?? new Map<string, OwnCommand>();
  const choices = [...names.map(kebabName), ...own.keys(), ...(hasWaiters(service) ? ['wait'] : []), 'help'];
  const { values, rest } = parseArguments(args, {
    options: [],
    positionals: [{ name: 'operation', count: 'one', choices }],
  });
  const name = values.get('operation')?.[0] ?? '';
  if (name === 'help' || (rest.length === 1 && rest[0] === 'help')) return printHelp(session);
  if (name === 'wait') return runWait(session, service, rest);
  const ownCommand = own.get(name);
  if (ownCommand) return ownCommand(session, rest);
  const operation = service.operations.get(name);
  return operation ? runOperation(session, operation, rest) : 0;
}
