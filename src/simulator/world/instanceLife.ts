import { type InstanceId, instanceId as parseInstanceId, type SecurityGroupId } from '../../core/ids';
import type { Instance, InstanceState, Subnet, Tags } from '../../core/network';
import type { MachineImage } from './images';
import { addInterface, removeInterface } from './interfaces';
import type { InstanceDetails, PlaceState } from './placeState';
import { disassociateAddress, elasticAddressOf, freePublicAddress, setPublicAddress } from './publicAddresses';
import type { TransitionTable, World } from './world';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
/** A terminated instance stays in the lists about this long. */
const graveMs = 60 * minuteMs;

export interface LaunchPlan {
  readonly subnet: Subnet;
  readonly image: MachineImage;
  readonly instanceType: string;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileArn: string | undefined;
  readonly privateIpAddress: string | undefined;
  readonly wantsPublicAddress: boolean;
  readonly tags: Tags;
  /** Of its network interface; without them it has none. */
  readonly interfaceTags?: Tags;
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly keyName: string | undefined;
  readonly clientToken: string;
  readonly requiresMetadataTokens: boolean;
}

/** Makes an instance in state `pending` with its interface; undefined when the subnet is full. */
export function makeInstance(world: World, region: PlaceState, plan: LaunchPlan): Instance | undefined {
  const id = parseInstanceId(region.newId('i'));
  const made = addInterface(region, plan.subnet, {
    kind: 'instance',
    privateIpAddress: plan.privateIpAddress,
    publicIpAddress: plan.wantsPublicAddress ? freePublicAddress(world.regions, region) : undefined,
    securityGroupIds: plan.securityGroupIds,
    description: '',
    instanceId: id,
    status: 'in-use',
  });
  if (!made) return undefined;
  if (plan.interfaceTags) region.otherTags.set(made.id, plan.interfaceTags);
  region.instanceDetails.set(id, detailsOf(region, id, plan));
  const instance: Instance = {
    id,
    state: 'pending',
    vpcId: plan.subnet.vpcId,
    subnetId: plan.subnet.id,
    privateIpAddress: made.privateIpAddress,
    publicIpAddress: made.publicIpAddress,
    networkInterfaceIds: [made.id],
    securityGroupIds: plan.securityGroupIds,
    instanceProfileArn: plan.instanceProfileArn,
    imageId: plan.image.id,
    instanceType: plan.instanceType,
    launchedAtMs: world.timeline.now(),
    tags: plan.tags,
  };
  region.instances.set(id, instance);
  return instance;
}

function detailsOf(region: PlaceState, id: InstanceId, plan: LaunchPlan): InstanceDetails {
  return {
    reservationId: plan.reservationId,
    launchIndex: plan.launchIndex,
    architecture: plan.image.architecture,
    keyName: plan.keyName,
    clientToken: plan.clientToken,
    requiresMetadataTokens: plan.requiresMetadataTokens,
    stateReason: '',
    checksPassAtMs: Number.POSITIVE_INFINITY,
    wantsPublicAddress: plan.wantsPublicAddress,
    profileAssociationId: plan.instanceProfileArn === undefined ? undefined : region.derivedId('iip-assoc', id),
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
  for (const interfaceId of instance.networkInterfaceIds) {
    const address = elasticAddressOf(region, interfaceId);
    if (address) disassociateAddress(world.regions, region, address.id);
    removeInterface(region, interfaceId);
  }
  region.managedNodes.delete(id);
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
  instanceStopped: (world, { place, subject }) => comeToRest(world.region(place), parseInstanceId(subject)),
  instanceTerminated: (world, { place, subject }) => bury(world, world.region(place), parseInstanceId(subject)),
  instanceForgotten: (world, { place, subject }) => forget(world.region(place), parseInstanceId(subject)),
};
