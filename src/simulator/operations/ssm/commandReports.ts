import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { type CommandInvocation, invocationKey, type RunCommand } from '../../world/runCommand';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { commandShape, documentVersion, invocationShape, noLogs, plainStatus, pluginName } from './commandShapes';
import { checkPageSize } from './invalidMember';

const maximumPageSize = 50;
const secondMs = 1000;
/** How long a new command has no invocations that could be asked for. */
const invisibleMs = 300;

function getCommandInvocation(
  input: Ssm.GetCommandInvocationRequest,
  { world, region, nowMs }: CallContext,
): Ssm.GetCommandInvocationResult {
  const { CommandId = '', InstanceId = '', PluginName = pluginName } = input;
  const command = region.commands.get(CommandId);
  const invocation = region.commandInvocations.get(invocationKey(CommandId, InstanceId));
  if (!command || !invocation || nowMs - command.requestedAtMs < invisibleMs / world.pace)
    throw new ServiceFault('InvocationDoesNotExist', '');
  if (PluginName !== pluginName) throw new ServiceFault('InvalidPluginName', '');
  return {
    CommandId,
    InstanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: documentVersion,
    PluginName,
    ResponseCode: invocation.responseCode,
    ...times(invocation),
    Status: plainStatus(invocation.status),
    StatusDetails: invocation.status,
    StandardOutputContent: invocation.output,
    StandardOutputUrl: '',
    StandardErrorContent: invocation.errorOutput,
    StandardErrorUrl: '',
    CloudWatchOutputConfig: noLogs,
  };
}

/** Times are texts here, empty when there are none; the duration is an ISO 8601 one. */
function times({ startedAtMs, endedAtMs }: CommandInvocation) {
  const text = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());
  const elapsed =
    startedAtMs === undefined || endedAtMs === undefined ? undefined : (endedAtMs - startedAtMs) / secondMs;
  return {
    ExecutionStartDateTime: text(startedAtMs),
    ExecutionElapsedTime: elapsed === undefined ? '' : `PT${elapsed}S`,
    ExecutionEndDateTime: text(endedAtMs),
  };
}

/** "CommandFilter": what a command, or one of its invocations, is tested for. */
function fits(command: RunCommand, status: string | undefined, filters: readonly Ssm.CommandFilter[] = []): boolean {
  return filters.every(({ key, value = '' }) => {
    if (key === 'InvokedAfter') return command.requestedAtMs > Date.parse(value);
    if (key === 'InvokedBefore') return command.requestedAtMs < Date.parse(value);
    if (key === 'Status') return status === value;
    if (key === 'DocumentName') return command.documentName === value;
    throw new ServiceFault('InvalidFilterKey', `The filter key ${key} is not valid.`);
  });
}

interface ListRequest {
  readonly CommandId?: string | undefined;
  readonly InstanceId?: string | undefined;
}

/** Newest first. */
function chosenCommands({ commands }: PlaceState, { CommandId, InstanceId }: ListRequest): readonly RunCommand[] {
  if (CommandId !== undefined && !commands.has(CommandId)) return [];
  return [...commands.values()]
    .filter(({ id }) => CommandId === undefined || id === CommandId)
    .filter(({ instanceIds }) => InstanceId === undefined || instanceIds.some(id => id === InstanceId))
    .reverse();
}

function listCommands(input: Ssm.ListCommandsRequest, { region }: CallContext): Ssm.ListCommandsResult {
  const { MaxResults = maximumPageSize, NextToken, Filters } = input;
  checkPageSize(MaxResults, maximumPageSize);
  const shapes = chosenCommands(region, input)
    .map(command => ({ command, shape: commandShape(region, command) }))
    .filter(({ command, shape }) => fits(command, shape.Status, Filters))
    .map(({ shape }) => shape);
  const page = pageOf(shapes, { MaxResults, NextToken }, {}, ({ CommandId = '' }) => CommandId);
  return { Commands: [...page.items], ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }) };
}

function listCommandInvocations(
  input: Ssm.ListCommandInvocationsRequest,
  { region }: CallContext,
): Ssm.ListCommandInvocationsResult {
  const { MaxResults = maximumPageSize, NextToken, Filters, Details = false, InstanceId } = input;
  checkPageSize(MaxResults, maximumPageSize);
  const shapes = chosenCommands(region, input).flatMap(command =>
    command.instanceIds
      .filter(id => InstanceId === undefined || id === InstanceId)
      .flatMap(id => region.commandInvocations.get(invocationKey(command.id, id)) ?? [])
      .filter(({ status }) => fits(command, plainStatus(status), Filters))
      .map(invocation => invocationShape(region, command, invocation, Details)),
  );
  const keyOf = ({ CommandId = '', InstanceId: id = '' }: Ssm.CommandInvocation) => invocationKey(CommandId, id);
  const page = pageOf(shapes, { MaxResults, NextToken }, {}, keyOf);
  const more = page.nextToken === undefined ? {} : { NextToken: page.nextToken };
  return { CommandInvocations: [...page.items], ...more };
}

export const commandReportOperations: OperationTable = {
  GetCommandInvocation: getCommandInvocation,
  ListCommandInvocations: listCommandInvocations,
  ListCommands: listCommands,
};
