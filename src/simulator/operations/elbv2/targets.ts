import type { InstanceId } from '../../../core/ids';
import { covers, parseIpv4 } from '../../../core/ipv4';
import type { RegisteredTarget, TargetGroup } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { deregisterTargets as drain, registerTargets as register } from '../../world/targetRegistration';
import { zoneOfTarget } from '../../world/targetStanding';
import type { CallContext, OperationTable } from '../operation';
import { checkPort, findByArn, kinds } from './elbv2Resources';

/** "Quotas for your Network Load Balancers": targets per target group. */
const maximumTargets = 1000;
/** Addresses that may be registered besides those of the VPC ("RegisterTargets"). */
const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'];

const invalidTarget = (message: string) => new ServiceFault('InvalidTarget', message);
const quoted = (ids: readonly string[]) => ids.map(id => `'${id}'`).join(', ');

type NewTarget = Pick<RegisteredTarget, 'id' | 'port' | 'availabilityZone'>;

function registerTargets(input: Elbv2.RegisterTargetsInput, { world, region }: CallContext): object {
  const group = findByArn(kinds.targetGroup, region, input.TargetGroupArn);
  const targets = (input.Targets ?? []).map(({ Id = '', Port = group.port, AvailabilityZone }) => {
    checkPort(Port);
    return { id: Id, port: Port, availabilityZone: AvailabilityZone };
  });
  const checked =
    group.targetType === 'instance' ? instances(region, group, targets) : addresses(region, group, targets);
  if (group.targets.length + checked.length > maximumTargets)
    throw new ServiceFault('TooManyTargets', 'The maximum number of targets for a target group has been reached');
  register(world, region, group, checked);
  return {};
}

/** Running instances of the group's VPC; their zone is their own. */
function instances(region: PlaceState, group: TargetGroup, targets: readonly NewTarget[]): readonly NewTarget[] {
  const found = (id: string) => region.instances.get(id as InstanceId);
  const unknown = targets.filter(({ id }) => !found(id)).map(({ id }) => id);
  if (unknown.length > 0)
    throw invalidTarget(`The following targets are not valid instance IDs or do not exist: ${quoted(unknown)}`);
  const stopped = targets.filter(({ id }) => found(id)?.state !== 'running').map(({ id }) => id);
  if (stopped.length > 0)
    throw invalidTarget(
      `The following targets are not in a running state and cannot be registered: ${quoted(stopped)}`,
    );
  const elsewhere = targets.filter(({ id }) => found(id)?.vpcId !== group.vpcId).map(({ id }) => id);
  if (elsewhere.length > 0)
    throw invalidTarget(`The following targets are not in the target group VPC '${group.vpcId}': ${quoted(elsewhere)}`);
  return targets.map(target => ({ ...target, availabilityZone: undefined }));
}

/** Addresses of the VPC, or private ones reached by peering and the like; the latter count for all zones. */
function addresses(region: PlaceState, group: TargetGroup, targets: readonly NewTarget[]): readonly NewTarget[] {
  const ranges = region.vpcs.get(group.vpcId)?.cidrBlocks ?? [];
  return targets.map(target => {
    const { id, availabilityZone } = target;
    if (parseIpv4(id) === undefined) throw invalidTarget(`The IP address '${id}' is not a valid IPv4 address`);
    const isInside = ranges.some(range => covers(range, id));
    if (!isInside && !privateRanges.some(range => covers(range, id)))
      throw invalidTarget(`The IP address '${id}' is not within an allowed range for the target group`);
    if (!isInside && availabilityZone !== 'all')
      throw invalidTarget(`The Availability Zone of the IP address '${id}' outside of the VPC must be 'all'`);
    if (
      availabilityZone !== undefined &&
      availabilityZone !== 'all' &&
      !region.zones.some(({ name }) => name === availabilityZone)
    )
      throw invalidTarget(`The Availability Zone '${availabilityZone}' is not valid`);
    return target;
  });
}

/** Those that are not registered are passed over. Without a port, each port of the id is meant. */
function deregisterTargets(input: Elbv2.DeregisterTargetsInput, { world, region }: CallContext): object {
  const group = findByArn(kinds.targetGroup, region, input.TargetGroupArn);
  drain(
    world,
    region,
    group,
    (input.Targets ?? []).flatMap(asked => matching(group, asked)),
  );
  return {};
}

function matching(group: TargetGroup, { Id, Port }: Elbv2.TargetDescription): readonly RegisteredTarget[] {
  return group.targets.filter(({ id, port }) => id === Id && (Port === undefined || Port === port));
}

function healthShape(region: PlaceState, group: TargetGroup, target: RegisteredTarget): Elbv2.TargetHealthDescription {
  const { port } = group.healthCheck;
  const zone = group.targetType === 'ip' ? { AvailabilityZone: zoneOfTarget(region, group, target) } : {};
  return {
    Target: { Id: target.id, Port: target.port, ...zone },
    HealthCheckPort: port === 'traffic-port' ? String(target.port) : port,
    TargetHealth: {
      State: target.health,
      ...(target.reason === undefined ? {} : { Reason: target.reason as Elbv2.TargetHealthReasonEnum }),
      ...(target.description === undefined ? {} : { Description: target.description }),
    },
  };
}

function notRegistered(
  group: TargetGroup,
  { Id, Port = group.port }: Elbv2.TargetDescription,
): Elbv2.TargetHealthDescription {
  return {
    Target: { Id, Port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}

function describeTargetHealth(
  input: Elbv2.DescribeTargetHealthInput,
  { region }: CallContext,
): Elbv2.DescribeTargetHealthOutput {
  const group = findByArn(kinds.targetGroup, region, input.TargetGroupArn);
  const shapes = input.Targets?.length
    ? input.Targets.flatMap(asked => {
        const found = matching(group, asked).map(target => healthShape(region, group, target));
        return found.length > 0 ? found : [notRegistered(group, asked)];
      })
    : group.targets.map(target => healthShape(region, group, target));
  return { TargetHealthDescriptions: shapes };
}

export const targetOperations: OperationTable = {
  RegisterTargets: registerTargets,
  DeregisterTargets: deregisterTargets,
  DescribeTargetHealth: describeTargetHealth,
};
