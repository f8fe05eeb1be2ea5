import type { InstanceId } from '../../core/ids';

/** Details of a state ("Understanding command statuses"). */
export type CommandStatusDetails =
  | 'Pending'
  | 'InProgress'
  | 'Success'
  | 'Failed'
  | 'Cancelled'
  | 'DeliveryTimedOut'
  | 'ExecutionTimedOut';

/** A command on one instance. */
export interface CommandInvocation {
  readonly commandId: string;
  readonly instanceId: InstanceId;
  readonly status: CommandStatusDetails;
  /** -1 while there is none. */
  readonly responseCode: number;
  readonly startedAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly output: string;
  readonly errorOutput: string;
}

export interface CommandTarget {
  readonly key: string;
  readonly values: readonly string[];
}

export interface RunCommand {
  readonly id: string;
  readonly documentName: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly instanceIds: readonly InstanceId[];
  readonly targets: readonly CommandTarget[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly requestedAtMs: number;
  /** How long it may wait for its delivery, in seconds. */
  readonly timeoutSeconds: number;
  /** How long it may run, in seconds. */
  readonly executionSeconds: number;
}

/** How a command ended on an instance, as its agent tells. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errorOutput: string;
}

export function invocationKey(commandId: string, instanceId: string): string {
  return `${commandId}/${instanceId}`;
}

export function isOver({ status }: CommandInvocation): boolean {
  return status !== 'Pending' && status !== 'InProgress';
}
