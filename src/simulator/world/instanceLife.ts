import { type InstanceId, instanceId as parseInstanceId, type SecurityGroupId } from '../../core/ids';
import type { Instance, InstanceState, NetworkInterface, Subnet, Tags } from '../../core/network';
import type { MachineImage } from './images';
import type { InstanceDetails } from './instanceDetails';
import { attachInterface, detachInterface } from './interfaceLife';
import { addInterface, removeInterface } from './interfaces';
import type { PlaceState } from './placeState';
import { disassociateAddress, elasticAddressOf, freePublicAddress, setPublicAddress } from './publicAddresses';
import { imageVolume, rootDeviceName, type Volume, type VolumePlan } from './volume';
import type { TransitionTable, World } from './world';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
/** A terminated instance stays in the lists about this long. */
const graveMs = 60 * minuteMs;

/** What a launch settles once and for all, or until ModifyInstanceAttribute. */
type LaunchOptions = Omit<
  InstanceDetails,
  'architecture' | 'stateReason' | 'checksPassAtMs' | 'profileAssociationId' | 'runningSinceMs'
>;

export interface LaunchPlan extends LaunchOptions {
  readonly subnet: Subnet;
  readonly image: MachineImage;
  readonly instanceType: string;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileArn: string | undefined;
  readonly networkInterface: InterfacePlan;
  readonly volume: VolumePlan;
  readonly tags: Tags;
}

/** The interface that an instance is launched with: one that is there already, or a new one. */
export interface InterfacePlan {
  readonly existing: NetworkInterface | undefined;
  readonly privateIpAddress: string | undefined;
  readonly description: string;
  readonly deletesOnTermination: boolean;
  readonly tags: Tags;
}

/** A launch that asks for nothing in particular, from an image that wants tokens for metadata, as Amazon Linux 2023 does. */
export const usualLaunch = {
  networkInterface: {
    existing: undefined,
    privateIpAddress: undefined,
    description: '',
    deletesOnTermination: true,
    tags: {},
  },
  volume: imageVolume,
  keyName: undefined,
  metadata: { requiresTokens: true, isEnabled: true, hopLimit: 2, showsTags: false },
  userData: undefined,
  isTerminationProtected: false,
  isStopProtected: false,
  terminatesOnShutdown: false,
  isEbsOptimized: false,
  hasDetailedMonitoring: false,
  cpuCredits: undefined,
} as const satisfies Partial<LaunchPlan>;

/** Makes an instance in state `pending` with its interface and its volume; undefined when the subnet is full. */
export function makeInstance(world: World, region: PlaceState, plan: LaunchPlan): Instance | undefined {
  const id = parseInstanceId(region.newId('i'));
  const item = plan.networkInterface.existing ?? addLaunchInterface(world, region, plan);
  if (!item) return undefined;
  region.instanceDetails.set(id, detailsOf(region, id, plan));
  region.instances.set(id, {
    id,
    state: 'pending',
    vpcId: item.vpcId,
    subnetId: item.subnetId,
    privateIpAddress: item.privateIpAddress,
    publicIpAddress: item.publicIpAddress,
    networkInterfaceIds: [],
    securityGroupIds: item.securityGroupIds,
    instanceProfileArn: plan.instanceProfileArn,
    imageId: plan.image.id,
    instanceType: plan.instanceType,
    launchedAtMs: world.timeline.now(),
    tags: plan.tags,
  });
  const { deletesOnTermination } = plan.networkInterface;
  attachInterface(world, region, { interfaceId: item.id, instanceId: id, deviceIndex: 0, deletesOnTermination });
  addVolume(world, region, id, plan);
  return region.instances.get(id);
}

function addLaunchInterface(world: World, region: PlaceState, plan: LaunchPlan): NetworkInterface | undefined {
  const made = addInterface(region, plan.subnet, {
    kind: 'instance',
    privateIpAddress: plan.networkInterface.privateIpAddress,
    publicIpAddress: plan.wantsPublicAddress ? freePublicAddress(world.regions, region) : undefined,
    securityGroupIds: plan.securityGroupIds,
    description: plan.networkInterface.description,
    instanceId: undefined,
    status: 'available',
  });
  const { tags } = plan.networkInterface;
  if (made && Object.keys(tags).length > 0) region.otherTags.set(made.id, tags);
  return made;
}

function addVolume(world: World, region: PlaceState, instanceId: InstanceId, { subnet, volume }: LaunchPlan): void {
  const { deletesOnTermination, ...about } = volume;
  const nowMs = world.timeline.now();
  const id = region.derivedId('vol', instanceId);
  region.volumes.set(id, {
    ...about,
    id,
    availabilityZone: subnet.availabilityZone,
    createdAtMs: nowMs,
    attachment: { instanceId, deviceName: rootDeviceName, attachedAtMs: nowMs, deletesOnTermination },
  });
}

function detailsOf(region: PlaceState, id: InstanceId, plan: LaunchPlan): InstanceDetails {
  const {
    subnet,
    image,
    instanceType,
    securityGroupIds,
    instanceProfileArn,
    networkInterface,
    volume,
    tags,
    ...options
  } = plan;
  return {
    ...options,
    architecture: image.architecture,
    stateReason: '',
    checksPassAtMs: Number.POSITIVE_INFINITY,
    profileAssociationId: instanceProfileArn === undefined ? undefined : region.derivedId('iip-assoc', id),
    runningSinceMs: undefined,
  };
}

/** `pending` → `running`, 10 to 30 s as on AWS; status checks pass 2 to 4 min later. */
export function beginRunning(world: World, region: PlaceState, id: InstanceId): void {
  const chance = region.chanceFor('boot');
  const durationMs = chance.between(10, 30) * secondMs;
  const checksAfterMs = chance.between(2 * 60, 4 * 60) * secondMs;
  world.schedule(durationMs, {
    kind: 'instanceRunning',
    place: region.place,
    subject: id,
    detail: { checksAfterMs },
  });
}

/** The instance runs from this moment on. */
export function runNow(world: World, region: PlaceState, id: InstanceId, checksAfterMs: number): void {
  const nowMs = world.timeline.now();
  setState(region, id, 'running', '');
  updateDetails(region, id, { runningSinceMs: nowMs, checksPassAtMs: nowMs + checksAfterMs / world.pace });
  world.announce({ kind: 'instanceRunning', place: region.place, instanceId: id });
}

/** `stopping` → `stopped`; a public address that EC2 gave is let go. */
export function stop(world: World, region: PlaceState, id: InstanceId): void {
  leaveRunning(world, region, id, 'stopping', `User initiated (${stamp(world.timeline.now())})`);
  const durationMs = region.chanceFor('stop').between(15, 40) * secondMs;
  world.schedule(durationMs, { kind: 'instanceStopped', place: region.place, subject: id });
}

/** For EC2 the instance stays `running`; the machine is away until it has booted again. */
export function reboot(world: World, region: PlaceState, id: InstanceId): void {
  updateDetails(region, id, { runningSinceMs: undefined });
  world.announce({ kind: 'instanceGone', place: region.place, instanceId: id });
  const durationMs = region.chanceFor('reboot').between(15, 30) * secondMs;
  world.schedule(durationMs, { kind: 'instanceRebooted', place: region.place, subject: id });
}

function comeBack(world: World, region: PlaceState, id: InstanceId): void {
  const isAway = region.instanceDetails.get(id)?.runningSinceMs === undefined;
  if (region.instances.get(id)?.state !== 'running' || !isAway) return;
  updateDetails(region, id, { runningSinceMs: world.timeline.now() });
  world.announce({ kind: 'instanceRunning', place: region.place, instanceId: id });
}

function comeToRest(region: PlaceState, id: InstanceId): void {
  if (region.instances.get(id)?.state !== 'stopping') return;
  lendAddress(region, id, () => undefined);
  setState(region, id, 'stopped', region.instanceDetails.get(id)?.stateReason ?? '');
}

/** `stopped` → `pending` → `running`, with a new public address when it was launched with one. */
export function start(world: World, region: PlaceState, id: InstanceId): void {
  if (region.instanceDetails.get(id)?.wantsPublicAddress)
    lendAddress(region, id, () => freePublicAddress(world.regions, region));
  const instance = region.instances.get(id);
  if (instance) region.instances.set(id, { ...instance, launchedAtMs: world.timeline.now() });
  setState(region, id, 'pending', '');
  beginRunning(world, region, id);
}

/** `shutting-down` → `terminated` → gone from the lists after about an hour. */
export function terminate(world: World, region: PlaceState, id: InstanceId): void {
  const state = region.instances.get(id)?.state;
  if (state === 'shuttingDown' || state === 'terminated') return;
  leaveRunning(world, region, id, 'shuttingDown', `User initiated (${stamp(world.timeline.now())})`);
  const durationMs = region.chanceFor('terminate').between(30, 60) * secondMs;
  world.schedule(durationMs, { kind: 'instanceTerminated', place: region.place, subject: id });
  world.schedule(durationMs + graveMs, { kind: 'instanceForgotten', place: region.place, subject: id });
}

function forget(region: PlaceState, id: InstanceId): void {
  region.instances.delete(id);
  region.instanceDetails.delete(id);
}

function bury(world: World, region: PlaceState, id: InstanceId): void {
  const instance = region.instances.get(id);
  if (!instance) return;
  for (const interfaceId of instance.networkInterfaceIds) releaseInterface(world, region, interfaceId);
  for (const volume of region.volumes.values()) if (volume.attachment?.instanceId === id) releaseVolume(region, volume);
  region.managedNodes.delete(id);
  region.guestStates.delete(id);
  region.pushedKeys.delete(id);
  region.instances.set(id, {
    ...instance,
    state: 'terminated',
    vpcId: undefined,
    subnetId: undefined,
    privateIpAddress: undefined,
    publicIpAddress: undefined,
    networkInterfaceIds: [],
    securityGroupIds: [],
  });
}

/** An interface goes with its instance, or is free for another one. */
function releaseInterface(world: World, region: PlaceState, id: NetworkInterface['id']): void {
  if (!region.interfaceAttachments.get(id)?.deletesOnTermination) {
    detachInterface(region, id);
    return;
  }
  const address = elasticAddressOf(region, id);
  if (address) disassociateAddress(world.regions, region, address.id);
  removeInterface(region, id);
}

function releaseVolume(region: PlaceState, volume: Volume): void {
  if (volume.attachment?.deletesOnTermination) region.volumes.delete(volume.id);
  else region.volumes.set(volume.id, { ...volume, attachment: undefined });
}

function leaveRunning(world: World, region: PlaceState, id: InstanceId, state: InstanceState, reason: string): void {
  const wasRunning = region.instances.get(id)?.state === 'running';
  setState(region, id, state, reason);
  updateDetails(region, id, { runningSinceMs: undefined, checksPassAtMs: Number.POSITIVE_INFINITY });
  if (wasRunning) world.announce({ kind: 'instanceGone', place: region.place, instanceId: id });
}

function setState(region: PlaceState, id: InstanceId, state: InstanceState, stateReason: string): void {
  const instance = region.instances.get(id);
  if (instance) region.instances.set(id, { ...instance, state });
  updateDetails(region, id, { stateReason });
}

export function updateDetails(region: PlaceState, id: InstanceId, change: Partial<InstanceDetails>): void {
  const details = region.instanceDetails.get(id);
  if (details) region.instanceDetails.set(id, { ...details, ...change });
}

/** Changes the address that EC2 lends to an instance's first interface; an Elastic IP address stays. */
function lendAddress(region: PlaceState, id: InstanceId, address: () => string | undefined): void {
  const [first] = region.instances.get(id)?.networkInterfaceIds ?? [];
  if (first && !elasticAddressOf(region, first)) setPublicAddress(region, first, address());
}

/** As EC2 prints a moment in a state transition reason. */
function stamp(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} GMT`;
}

/** What time does to instances. */
export const instanceTransitions: TransitionTable = {
  instanceRunning: (world, { place, subject, detail }) => {
    const region = world.region(place);
    const id = parseInstanceId(subject);
    if (region.instances.get(id)?.state === 'pending') runNow(world, region, id, Number(detail?.checksAfterMs));
  },
  instanceRebooted: (world, { place, subject }) => comeBack(world, world.region(place), parseInstanceId(subject)),
  instanceStopped: (world, { place, subject }) => comeToRest(world.region(place), parseInstanceId(subject)),
  instanceTerminated: (world, { place, subject }) => bury(world, world.region(place), parseInstanceId(subject)),
  instanceForgotten: (world, { place, subject }) => forget(world.region(place), parseInstanceId(subject)),
};
