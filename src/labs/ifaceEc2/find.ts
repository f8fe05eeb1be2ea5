/** Which resources the lab is about: chosen by property, so that hand-made ones count. The run's own tag breaks ties, then the newest. */
import type { Instance, NetworkInterface, SecurityGroup, Subnet, Tags, Vpc, VpcEndpoint } from '../../core/network';
import { serviceHost } from '../../core/partition';
import { giveUp, need } from '../../core/reading';
import { HTTPS } from '../../core/rules/flow';
import { awsServiceName } from '../../core/serviceNames';
import { groupsOf, vpcIn } from '../../core/snapshotLookup';
import { isLiving, type LabWorld, profileArn, runName, runTag } from '../labWorld';
import { admitsTcp, interfaceOf, interfacesOf, roleAllows, roleOfProfile } from '../predicates';

export const labId = 'iface-ec2';

export const serviceName = ({ snapshot }: LabWorld) => awsServiceName(snapshot.place.region, 'ec2');
export const dnsName = ({ snapshot }: LabWorld) => serviceHost(snapshot.place.region, 'ec2');
export const ownName = ({ runId }: LabWorld) => runName(labId, runId);
export const ownProfileArn = (world: LabWorld) => profileArn(world.snapshot.place, ownName(world));

const isOwn = (world: LabWorld, { tags }: { readonly tags: Tags }) => tags[runTag] === world.runId;

/** Own first, then those that satisfy more of the wishes, then the newest. */
function best<T extends { readonly tags: Tags }>(
  world: LabWorld,
  candidates: readonly T[],
  wish: (candidate: T) => boolean,
  ageOf: (candidate: T) => number,
): T | undefined {
  const rank = (candidate: T) => (isOwn(world, candidate) ? 2 : 0) + (wish(candidate) ? 1 : 0);
  return [...candidates].sort((a, b) => rank(b) - rank(a) || ageOf(b) - ageOf(a))[0];
}

/** An instance that runs or starts, preferably one that may describe instances. */
export function findInstance(world: LabWorld): Instance | undefined {
  const candidates = need(world.snapshot.instances).filter(
    instance => isLiving(instance) && instance.vpcId !== undefined,
  );
  return best(
    world,
    candidates,
    instance => wearsLabRole(world, instance),
    ({ launchedAtMs }) => launchedAtMs,
  );
}

function wearsLabRole(world: LabWorld, { instanceProfileArn }: Instance): boolean {
  const role = instanceProfileArn && roleOfProfile(world, instanceProfileArn);
  return role !== undefined && role !== '' && roleAllows(role, 'ec2:DescribeInstances');
}

/** The instance and its first interface; ends the check while there is none. */
export function needInstance(
  world: LabWorld,
): { readonly instance: Instance; readonly nic: NetworkInterface } | undefined {
  const instance = findInstance(world);
  const nic = instance && interfaceOf(world.snapshot, instance);
  return nic && { instance, nic };
}

/** The VPC of the instance; before there is one, the default VPC, else any. */
export function findVpc(world: LabWorld): Vpc {
  const vpcId = findInstance(world)?.vpcId;
  if (vpcId) return vpcIn(world.snapshot, vpcId);
  const vpcs = need(world.snapshot.vpcs);
  const vpc = vpcs.find(({ isDefault }) => isDefault) ?? vpcs[0];
  return vpc ?? giveUp({ code: 'failed', reading: 'ec2:DescribeVpcs', detail: 'no VPC' });
}

/** One subnet for each zone of the VPC, the instance's own first among those of its zone. */
export function subnetPerZone(world: LabWorld): readonly Subnet[] {
  const vpc = findVpc(world);
  const preferred = findInstance(world)?.subnetId;
  const byZone = new Map<string, Subnet>();
  for (const subnet of need(world.snapshot.subnets)) {
    if (subnet.vpcId !== vpc.id) continue;
    if (!byZone.has(subnet.availabilityZoneId) || subnet.id === preferred)
      byZone.set(subnet.availabilityZoneId, subnet);
  }
  return [...byZone.values()].sort((a, b) => (a.availabilityZone < b.availabilityZone ? -1 : 1));
}

/** An endpoint for EC2 in the instance's VPC that is not on its way out. */
export function findEndpoint(world: LabWorld): VpcEndpoint | undefined {
  const vpc = findVpc(world);
  const candidates = need(world.snapshot.endpoints).filter(
    endpoint =>
      endpoint.kind === 'interface' &&
      endpoint.vpcId === vpc.id &&
      endpoint.serviceName === serviceName(world) &&
      !['deleting', 'deleted', 'rejected', 'expired'].includes(endpoint.state),
  );
  return best(
    world,
    candidates,
    ({ state }) => state === 'available',
    ({ createdAtMs }) => createdAtMs,
  );
}

/** An EC2 endpoint in another VPC: a mistake that leaves this VPC's names as they were. */
export function findForeignEndpoint(world: LabWorld): VpcEndpoint | undefined {
  const vpc = findVpc(world);
  return need(world.snapshot.endpoints).find(
    endpoint =>
      endpoint.vpcId !== vpc.id && endpoint.serviceName === serviceName(world) && endpoint.kind === 'interface',
  );
}

/**
 * The groups that guard the endpoint: its interfaces' own; before it exists, the run's group, else one made for the purpose that admits the
 * instance. The VPC's default group does not count as made for it.
 */
export function findEndpointGroups(world: LabWorld): readonly SecurityGroup[] {
  const { snapshot } = world;
  const endpoint = findEndpoint(world);
  const [endpointInterface] = endpoint ? interfacesOf(snapshot, endpoint) : [];
  if (endpointInterface) return groupsOf(snapshot, endpointInterface);
  const found = needInstance(world);
  const vpc = findVpc(world);
  const candidates = need(snapshot.securityGroups).filter(({ vpcId, name }) => vpcId === vpc.id && name !== 'default');
  const group =
    candidates.find(candidate => isOwn(world, candidate)) ??
    candidates.find(candidate => found && admitsTcp(snapshot, [candidate], found.nic, HTTPS));
  return group ? [group] : [];
}

/** What carries the run's tag or belongs to what does, and still exists. */
export function leftovers(world: LabWorld): readonly string[] {
  const { snapshot } = world;
  const endpoints = need(snapshot.endpoints).filter(endpoint => isOwn(world, endpoint) && endpoint.state !== 'deleted');
  const instances = need(snapshot.instances).filter(
    instance => isOwn(world, instance) && instance.state !== 'terminated',
  );
  const groups = need(snapshot.securityGroups).filter(group => isOwn(world, group));
  const role = roleOfProfile(world, ownProfileArn(world));
  return [...endpoints, ...instances, ...groups].map(({ id }): string => id).concat(role ? [role.roleName] : []);
}
