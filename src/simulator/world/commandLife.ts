import type { InstanceId } from '../../core/ids';
import type { Place } from '../../core/network';
import type { PlaceState } from './placeState';
import { type CommandInvocation, type CommandResult, invocationKey, isOver, type RunCommand } from './runCommand';
import type { TransitionTable, World } from './world';

const deliveryMs = 700;
const retryMs = 5000;
const secondMs = 1000;
const timedOutCode = 137;

const delivery = 'commandDelivery';
const executionEnd = 'commandExecutionEnd';
const finished = 'commandFinished';

/** Lets a command begin: its message is on the way to each instance. */
export function beginCommand(world: World, region: PlaceState, command: RunCommand): void {
  region.commands.set(command.id, command);
  for (const instanceId of command.instanceIds) {
    const subject = invocationKey(command.id, instanceId);
    region.commandInvocations.set(subject, {
      commandId: command.id,
      instanceId,
      status: 'Pending',
      responseCode: -1,
      startedAtMs: undefined,
      endedAtMs: undefined,
      output: '',
      errorOutput: '',
    });
    world.schedule(deliveryMs, { kind: delivery, place: region.place, subject });
  }
}

/** Brings the end of a command into the world; from the data plane only. */
export function reportCommandResult(world: World, place: Place, subject: string, result: CommandResult): void {
  world.takeEffect({ kind: finished, place, subject, detail: { ...result } });
}

/** Ends what is not over yet. */
export function cancelInvocation(world: World, region: PlaceState, subject: string): void {
  end(world, region, subject, { status: 'Cancelled' });
}

function end(world: World, region: PlaceState, subject: string, change: Partial<CommandInvocation>): void {
  const invocation = region.commandInvocations.get(subject);
  if (!invocation || isOver(invocation)) return;
  const endedAtMs = invocation.startedAtMs === undefined ? undefined : world.timeline.now();
  region.commandInvocations.set(subject, { ...invocation, endedAtMs, ...change });
}

/** What time and agents do to commands. An agent that is away gets its commands when it is back in time. */
export const commandTransitions: TransitionTable = {
  [delivery]: (world, { kind, place, subject }) => {
    const region = world.region(place);
    const invocation = region.commandInvocations.get(subject);
    const command = invocation && region.commands.get(invocation.commandId);
    if (!command || invocation.status !== 'Pending') return;
    const nowMs = world.timeline.now();
    if (nowMs - command.requestedAtMs >= (command.timeoutSeconds * secondMs) / world.pace) {
      end(world, region, subject, { status: 'DeliveryTimedOut' });
    } else if (listens(region, invocation.instanceId)) {
      region.commandInvocations.set(subject, { ...invocation, status: 'InProgress', startedAtMs: nowMs });
      world.schedule(command.executionSeconds * secondMs, { kind: executionEnd, place, subject });
    } else world.schedule(retryMs, { kind, place, subject });
  },
  [executionEnd]: (world, { place, subject }) => {
    end(world, world.region(place), subject, { status: 'ExecutionTimedOut', responseCode: timedOutCode });
  },
  [finished]: (world, { place, subject, detail }) => {
    const { exitCode, output, errorOutput } = detail as unknown as CommandResult;
    const status = exitCode === 0 ? 'Success' : 'Failed';
    end(world, world.region(place), subject, { status, responseCode: exitCode, output, errorOutput });
  },
};

function listens({ instances, managedNodes }: PlaceState, id: InstanceId): boolean {
  return instances.get(id)?.state === 'running' && managedNodes.get(id)?.isOnline === true;
}
