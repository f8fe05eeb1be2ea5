import type { Ssm } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import {
  type CommandInvocation,
  type CommandStatusDetails,
  invocationKey,
  isOver,
  type RunCommand,
} from '../../world/runCommand';

const secondMs = 1000;
/** Of the output in lists ("CommandPlugin"). */
const listedOutputLength = 2500;

export const pluginName = 'aws:runShellScript';
export const documentVersion = '$DEFAULT';

export function plainStatus(
  details: CommandStatusDetails,
): Exclude<CommandStatusDetails, 'DeliveryTimedOut' | 'ExecutionTimedOut'> | 'TimedOut' {
  return details === 'DeliveryTimedOut' || details === 'ExecutionTimedOut' ? 'TimedOut' : details;
}

export function invocationsOf(region: PlaceState, command: RunCommand): readonly CommandInvocation[] {
  return command.instanceIds.flatMap(id => region.commandInvocations.get(invocationKey(command.id, id)) ?? []);
}

/** What a command comes to on all of its instances ("Understanding command statuses"); the worst decides once all is over. */
function statusOf(invocations: readonly CommandInvocation[]): CommandStatusDetails | 'NoInstancesInTag' {
  if (invocations.length === 0) return 'NoInstancesInTag';
  const states = invocations.map(({ status }) => status);
  if (states.every(status => status === 'Pending')) return 'Pending';
  if (!invocations.every(isOver)) return 'InProgress';
  const worst = (['Failed', 'ExecutionTimedOut', 'DeliveryTimedOut', 'Cancelled'] as const).find(status =>
    states.includes(status),
  );
  return worst ?? 'Success';
}

export function commandShape(region: PlaceState, command: RunCommand): Ssm.Command {
  const invocations = invocationsOf(region, command);
  const details = statusOf(invocations);
  const count = (...states: readonly CommandStatusDetails[]) =>
    invocations.filter(({ status }) => states.includes(status)).length;
  return {
    CommandId: command.id,
    DocumentName: command.documentName,
    DocumentVersion: documentVersion,
    Comment: command.comment,
    ExpiresAfter: new Date(command.requestedAtMs + (command.timeoutSeconds + command.executionSeconds) * secondMs),
    Parameters: mutableLists(command.parameters),
    InstanceIds: command.targets.length > 0 ? [] : [...command.instanceIds],
    Targets: command.targets.map(({ key, values }) => ({ Key: key, Values: [...values] })),
    RequestedDateTime: new Date(command.requestedAtMs),
    Status: details === 'NoInstancesInTag' ? 'Success' : plainStatus(details),
    StatusDetails: details,
    OutputS3Region: region.place.region,
    OutputS3BucketName: '',
    OutputS3KeyPrefix: '',
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: invocations.length,
    CompletedCount: invocations.filter(isOver).length,
    ErrorCount: count('Failed', 'ExecutionTimedOut'),
    DeliveryTimedOutCount: count('DeliveryTimedOut'),
    ServiceRole: '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' as 'Command' },
    CloudWatchOutputConfig: noLogs,
    TimeoutSeconds: command.timeoutSeconds,
  };
}

export const noLogs = { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false };

function mutableLists(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, [...values]]));
}

/** As lists show an invocation; its plug-ins only on demand. */
export function invocationShape(
  region: PlaceState,
  command: RunCommand,
  invocation: CommandInvocation,
  withPlugins: boolean,
): Ssm.CommandInvocation {
  const { instanceId, status } = invocation;
  return {
    CommandId: command.id,
    InstanceId: instanceId,
    InstanceName: '',
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: documentVersion,
    RequestedDateTime: new Date(command.requestedAtMs),
    Status: plainStatus(status),
    StatusDetails: status,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: withPlugins ? [pluginShape(region, invocation)] : [],
    ServiceRole: '',
    CloudWatchOutputConfig: noLogs,
  };
}

function pluginShape({ place }: PlaceState, invocation: CommandInvocation): Ssm.CommandPlugin {
  const { status, responseCode, startedAtMs, endedAtMs, output, errorOutput } = invocation;
  const text = errorOutput === '' ? output : `${output}\n----------ERROR-------\n${errorOutput}`;
  return {
    Name: pluginName,
    Status: plainStatus(status),
    StatusDetails: status,
    ResponseCode: responseCode,
    ...(startedAtMs === undefined ? {} : { ResponseStartDateTime: new Date(startedAtMs) }),
    ...(endedAtMs === undefined ? {} : { ResponseFinishDateTime: new Date(endedAtMs) }),
    Output: text.slice(0, listedOutputLength),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    OutputS3Region: place.region,
    OutputS3BucketName: '',
    OutputS3KeyPrefix: '',
  };
}
