import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { reboot, start, stop, terminate, updateDetails } from '../../world/instanceLife';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { detailsOf, stateCodes } from './instanceShapes';
import { checkInstances } from './instances';

/** Terminate, stop and start answer with the state before and after, for each id. */
function changeStates(
  instances: readonly Instance[],
  region: PlaceState,
  change: (id: InstanceId, instance: Instance) => void,
): Ec2.InstanceStateChange[] {
  return instances.map(before => {
    change(before.id, before);
    const after = region.instances.get(before.id) ?? before;
    return { InstanceId: before.id, CurrentState: stateCodes[after.state], PreviousState: stateCodes[before.state] };
  });
}

/** The instances with these ids, each once. */
function named(region: PlaceState, ids: readonly string[] = []): readonly Instance[] {
  checkInstances(region, ids);
  return [...new Set(ids)].flatMap(id => region.instances.get(id as InstanceId) ?? []);
}

/** A protected instance keeps all that were named with it. */
function terminateInstances(
  input: Ec2.TerminateInstancesRequest,
  { world, region }: CallContext,
): Ec2.TerminateInstancesResult {
  const instances = named(region, input.InstanceIds);
  for (const instance of instances)
    if (instance.state !== 'terminated' && detailsOf(region, instance).isTerminationProtected)
      throw isProtected(instance, 'terminated', 'disableApiTermination');
  return { TerminatingInstances: changeStates(instances, region, id => terminate(world, region, id)) };
}

function isProtected({ id }: Instance, verb: string, attribute: string): ServiceFault {
  return new ServiceFault(
    'OperationNotPermitted',
    `The instance '${id}' may not be ${verb}. Modify its '${attribute}' instance attribute and try again.`,
  );
}

function incorrectState(id: string, verb: string): ServiceFault {
  return new ServiceFault(
    'IncorrectInstanceState',
    `The instance '${id}' is not in a state from which it can be ${verb}.`,
  );
}

function stopInstances(input: Ec2.StopInstancesRequest, { world, region }: CallContext): Ec2.StopInstancesResult {
  if (input.Hibernate)
    throw new ServiceFault('UnsupportedHibernationConfiguration', 'The instance is not configured for hibernation.');
  const instances = named(region, input.InstanceIds);
  for (const instance of instances)
    if (detailsOf(region, instance).isStopProtected) throw isProtected(instance, 'stopped', 'disableApiStop');
  const StoppingInstances = changeStates(instances, region, (id, { state }) => {
    if (state === 'stopped' || state === 'stopping') return;
    if (state !== 'running') throw incorrectState(id, 'stopped');
    stop(world, region, id);
  });
  return { StoppingInstances };
}

function startInstances(input: Ec2.StartInstancesRequest, { world, region }: CallContext): Ec2.StartInstancesResult {
  const StartingInstances = changeStates(named(region, input.InstanceIds), region, (id, { state }) => {
    if (state === 'running' || state === 'pending') return;
    if (state !== 'stopped') throw incorrectState(id, 'started');
    start(world, region, id);
  });
  return { StartingInstances };
}

function rebootInstances(input: Ec2.RebootInstancesRequest, { world, region }: CallContext): object {
  const instances = named(region, input.InstanceIds);
  for (const { id, state } of instances) if (state !== 'running') throw incorrectState(id, 'rebooted');
  for (const { id } of instances) reboot(world, region, id);
  return {};
}

const monitor =
  (hasDetailedMonitoring: boolean) =>
  (input: Ec2.MonitorInstancesRequest, { region }: CallContext): Ec2.MonitorInstancesResult => ({
    InstanceMonitorings: named(region, input.InstanceIds).map(({ id }) => {
      updateDetails(region, id, { hasDetailedMonitoring });
      return { InstanceId: id, Monitoring: { State: hasDetailedMonitoring ? 'pending' : 'disabling' } };
    }),
  });

export const instanceStateOperations: OperationTable = {
  MonitorInstances: monitor(true),
  RebootInstances: rebootInstances,
  StartInstances: startInstances,
  StopInstances: stopInstances,
  TerminateInstances: terminateInstances,
  UnmonitorInstances: monitor(false),
};
