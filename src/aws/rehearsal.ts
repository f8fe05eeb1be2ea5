import { NormalizedSchema } from '@smithy/core/schema';
import { LabError } from '../core/errors';

interface Sender {
  send(command: unknown, ...more: unknown[]): Promise<unknown>;
}

interface SentCommand {
  readonly input: object;
  readonly schema?: unknown;
}

/**
 * The same client, but each command goes with `DryRun`: AWS then answers `DryRunOperation` or the refusal, and changes nothing ("Amazon EC2
 * API: Common query parameters"). A command that has no such parameter is not sent at all.
 */
export function rehearsing<Client extends object>(client: Client): Client {
  const sender = client as unknown as Sender;
  const rehearse = async (command: SentCommand, ...more: unknown[]) => {
    if (!hasDryRun(command)) throw new LabError('rehearsalNotOffered');
    Object.assign(command.input, { DryRun: true });
    await sender.send(command, ...more);
    throw new LabError('notAnAwsEndpoint', { detail: 'DryRun was ignored' });
  };
  return new Proxy(client, {
    get: (target, name) => (name === 'send' ? rehearse : Reflect.get(target, name)),
  });
}

/** By the wire schema of its operation: `[9, namespace, name, traits, input, output]`. */
function hasDryRun({ schema }: SentCommand): boolean {
  if (!Array.isArray(schema) || schema[0] !== 9) return false;
  const input = NormalizedSchema.of(schema[4]);
  return input.isStructSchema() && 'DryRun' in input.getMemberSchemas();
}
