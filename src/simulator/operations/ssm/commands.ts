import { instanceId } from '../../../core/ids';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { beginCommand, cancelInvocation } from '../../world/commandLife';
import { type CommandTarget, invocationKey, isOver, type RunCommand } from '../../world/runCommand';
import type { CallContext, OperationTable } from '../operation';
import { commandShape } from './commandShapes';
import { invalidMember } from './invalidMember';
import { isConnected } from './managedInstances';

const shellDocument = 'AWS-RunShellScript';
const standardSeconds = 3600;
const deliverySeconds = { least: 30, most: 2_592_000 };
const executionSeconds = { least: 1, most: 172_800 };
const maximumInstances = 50;
const parameterNames: readonly string[] = ['commands', 'workingDirectory', 'executionTimeout'];

/** Members that would change what happens and are not simulated. */
const refusedMembers = [
  'OutputS3BucketName',
  'CloudWatchOutputConfig',
  'NotificationConfig',
  'AlarmConfiguration',
] as const;

function sendCommand(input: Ssm.SendCommandRequest, context: CallContext): Ssm.SendCommandResult {
  const { world, region, nowMs } = context;
  refuseMembers(input);
  checkDocument(input.DocumentName, context);
  const parameters = checkedParameters(input.Parameters);
  const { TimeoutSeconds: timeoutSeconds = standardSeconds } = input;
  if (timeoutSeconds < deliverySeconds.least || timeoutSeconds > deliverySeconds.most)
    throw invalidMember(
      `'${timeoutSeconds}'`,
      'timeoutSeconds',
      `Member must have value between ${deliverySeconds.least} and ${deliverySeconds.most}`,
    );
  const targets = (input.Targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values }));
  const command: RunCommand = {
    id: region.chanceFor('command').uuid(),
    documentName: shellDocument,
    comment: input.Comment ?? '',
    parameters,
    instanceIds: [...namedInstances(input.InstanceIds, context), ...targetedInstances(targets, context)].map(
      instanceId,
    ),
    targets,
    maxConcurrency: input.MaxConcurrency ?? '50',
    maxErrors: input.MaxErrors ?? '0',
    requestedAtMs: nowMs,
    timeoutSeconds,
    executionSeconds: Number(parameters.executionTimeout?.[0] ?? standardSeconds),
  };
  beginCommand(world, region, command);
  return { Command: commandShape(region, command) };
}

function refuseMembers(input: Ssm.SendCommandRequest): void {
  const member = refusedMembers.find(name => input[name] !== undefined);
  if (member)
    throw new ServiceFault(
      'UnsupportedOperationException',
      `The practice cloud does not simulate ${member} of SendCommand.`,
    );
}

/** Documents of AWS are known by their names; of them, the practice cloud runs shell scripts only. */
function checkDocument(name: string | undefined, { region }: CallContext): void {
  if (name === undefined) throw invalidMember('null', 'documentName', 'Member must not be null');
  const plain = name.replace(/^arn:aws:ssm:[^:]*::document\//, '');
  if (plain === shellDocument) return;
  if (plain.startsWith('AWS-') || region.documents.has(plain))
    throw new ServiceFault('UnsupportedOperationException', `The practice cloud does not run the document ${plain}.`);
  throw new ServiceFault('InvalidDocument', `Document with name ${name} does not exist.`);
}

function checkedParameters(given: Ssm.SendCommandRequest['Parameters']): RunCommand['parameters'] {
  const parameters = given ?? {};
  const unknown = Object.keys(parameters).find(name => !parameterNames.includes(name));
  if (unknown !== undefined)
    throw new ServiceFault(
      'InvalidParameters',
      `The parameter ${unknown} is not defined in the document ${shellDocument}.`,
    );
  if (!parameters.commands?.length)
    throw new ServiceFault('InvalidParameters', 'The parameter commands is required and has no value.');
  const seconds = parameters.executionTimeout?.[0];
  if (seconds !== undefined && !isDuration(seconds))
    throw new ServiceFault('InvalidParameters', `The value ${seconds} of the parameter executionTimeout is not valid.`);
  return parameters;
}

function isDuration(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= executionSeconds.least && Number(text) <= executionSeconds.most;
}

/** Named ones must all be there. */
function namedInstances(ids: readonly string[] | undefined, { region, account }: CallContext): readonly string[] {
  const named = [...new Set(ids ?? [])];
  if (named.length > maximumInstances)
    throw invalidMember(
      `'[${named.join(', ')}]'`,
      'instanceIds',
      `Member must have length less than or equal to ${maximumInstances}`,
    );
  const missing = named.filter(id => !isConnected(region, id));
  if (missing.length > 0)
    throw new ServiceFault(
      'InvalidInstanceId',
      `Instances [[${missing.join(', ')}]] not in a valid state for account ${account.id}`,
    );
  return named;
}

/** What all of the targets fit. */
function targetedInstances(targets: readonly CommandTarget[], { region }: CallContext): readonly string[] {
  if (targets.length === 0) return [];
  const connected = [...region.instances.values()].filter(({ id }) => isConnected(region, id));
  return connected.filter(instance => targets.every(target => fits(target, instance))).map(({ id }) => id);
}

function fits(
  { key, values }: CommandTarget,
  { id, tags }: { readonly id: string; readonly tags: Readonly<Record<string, string>> },
): boolean {
  if (key === 'InstanceIds') return values.includes(id);
  if (key === 'tag-key') return values.some(name => Object.hasOwn(tags, name));
  const name = /^tag:(.+)$/s.exec(key)?.[1];
  if (name === undefined)
    throw new ServiceFault('UnsupportedOperationException', `The practice cloud does not simulate targets by ${key}.`);
  return Object.hasOwn(tags, name) && values.includes(tags[name] ?? '');
}

function cancelCommand(input: Ssm.CancelCommandRequest, { world, region }: CallContext): object {
  const command = findCommand(region.commands, input.CommandId);
  const chosen = input.InstanceIds?.length ? input.InstanceIds : command.instanceIds;
  for (const id of chosen) {
    const key = invocationKey(command.id, id);
    const invocation = region.commandInvocations.get(key);
    if (!invocation) throw new ServiceFault('InvalidInstanceId', `The command ${command.id} does not run on ${id}.`);
    if (!isOver(invocation)) cancelInvocation(world, region, key);
  }
  return {};
}

/** Throws InvalidCommandId. */
function findCommand(commands: ReadonlyMap<string, RunCommand>, id: string | undefined): RunCommand {
  const found = commands.get(id ?? '');
  if (!found) throw new ServiceFault('InvalidCommandId', `The command ${id} does not exist.`);
  return found;
}

export const commandOperations: OperationTable = { CancelCommand: cancelCommand, SendCommand: sendCommand };
