import { type AllocationId, type NatGatewayId, natGatewayId } from '../../core/ids';
import type { NatGateway } from '../../core/natGateway';
import type { Subnet } from '../../core/network';
import { addInterface, removeInterface } from './interfaces';
import type { PlaceState } from './placeState';
import { associateAddress, disassociateAddress } from './publicAddresses';
import type { TransitionTable, World } from './world';

const secondMs = 1000;
/** Deleted and failed ones stay in the lists about this long ("NAT gateways"). */
const graveMs = 60 * 60 * secondMs;

export interface NatGatewayPlan {
  readonly subnet: Subnet;
  /** Undefined for a private one. */
  readonly allocationId: AllocationId | undefined;
  readonly privateIpAddress: string | undefined;
  readonly tags: NatGateway['tags'];
}

/** Makes a NAT gateway in state `pending`. What is wrong with its address or its VPC shows a little later, as on AWS: it becomes `failed`. */
export function makeNatGateway(world: World, region: PlaceState, plan: NatGatewayPlan): NatGateway {
  const id = natGatewayId(region.newId('nat'));
  const failure = failureOf(region, plan);
  const made = failure ? undefined : addGatewayInterface(region, id, plan);
  const address = plan.allocationId && region.elasticAddresses.get(plan.allocationId);
  const gateway: NatGateway = {
    id,
    vpcId: plan.subnet.vpcId,
    subnetId: plan.subnet.id,
    connectivity: plan.allocationId ? 'public' : 'private',
    state: 'pending',
    failure: undefined,
    networkInterfaceId: made?.id,
    privateIpAddress: made?.privateIpAddress ?? '',
    allocationId: plan.allocationId,
    publicIpAddress: made && address?.publicIpAddress,
    createdAtMs: world.timeline.now(),
    deletedAtMs: undefined,
    tags: plan.tags,
  };
  region.natGateways.set(id, gateway);
  if (made && address) associateAddress(region, address.id, made.id);
  begin(world, region, id, failure ?? (made ? undefined : fullSubnet));
  return gateway;
}

type Failure = NonNullable<NatGateway['failure']>;

const fullSubnet: Failure = {
  code: 'InsufficientFreeAddressesInSubnet',
  message: 'Subnet has insufficient free addresses to create this NAT gateway',
};

/** Codes and texts of "CreateNatGateway" and of "Troubleshoot NAT gateways". */
function failureOf(region: PlaceState, { subnet, allocationId }: NatGatewayPlan): Failure | undefined {
  if (allocationId === undefined) return undefined;
  if (region.elasticAddresses.get(allocationId)?.associationId !== undefined)
    return {
      code: 'Resource.AlreadyAssociated',
      message: `Elastic IP address [${allocationId}] is already associated`,
    };
  const isAttached = [...region.internetGateways.values()].some(({ attachedVpcIds }) =>
    attachedVpcIds.includes(subnet.vpcId),
  );
  if (isAttached) return undefined;
  return { code: 'Gateway.NotAttached', message: `Network ${subnet.vpcId} has no Internet gateway attached` };
}

function addGatewayInterface(region: PlaceState, id: NatGatewayId, { subnet, privateIpAddress }: NatGatewayPlan) {
  return addInterface(region, subnet, {
    kind: 'natGateway',
    privateIpAddress,
    publicIpAddress: undefined,
    securityGroupIds: [],
    description: `Interface for NAT Gateway ${id}`,
    instanceId: undefined,
    status: 'in-use',
  });
}

/** `pending` → `available`, 1 to 2 min as on AWS, or → `failed` within seconds. */
function begin(world: World, region: PlaceState, id: NatGatewayId, failure: Failure | undefined): void {
  const chance = region.chanceFor('nat gateway');
  const about = { place: region.place, subject: id };
  if (!failure) {
    world.schedule(chance.between(60, 120) * secondMs, { kind: 'natGatewayAvailable', ...about });
    return;
  }
  const durationMs = chance.between(2, 10) * secondMs;
  world.schedule(durationMs, { kind: 'natGatewayFailed', ...about, detail: { ...failure } });
  world.schedule(durationMs + graveMs, { kind: 'natGatewayForgotten', ...about });
}

function become(region: PlaceState, id: NatGatewayId, change: Partial<NatGateway>): void {
  const gateway = region.natGateways.get(id);
  if (gateway) region.natGateways.set(id, { ...gateway, ...change });
}

/** `deleting` → `deleted` after about a minute, with its interface; its Elastic IP address stays allocated. */
export function deleteNatGateway(world: World, region: PlaceState, { id, state }: NatGateway): void {
  if (state === 'deleting' || state === 'deleted') return;
  become(region, id, { state: 'deleting' });
  const durationMs = region.chanceFor('nat gateway').between(40, 80) * secondMs;
  const about = { place: region.place, subject: id };
  world.schedule(durationMs, { kind: 'natGatewayDeleted', ...about });
  world.schedule(durationMs + graveMs, { kind: 'natGatewayForgotten', ...about });
}

function bury(world: World, region: PlaceState, id: NatGatewayId): void {
  const gateway = region.natGateways.get(id);
  if (!gateway) return;
  if (gateway.networkInterfaceId) {
    if (gateway.allocationId) disassociateAddress(world.regions, region, gateway.allocationId);
    removeInterface(region, gateway.networkInterfaceId);
  }
  become(region, id, { state: 'deleted', networkInterfaceId: undefined, deletedAtMs: world.timeline.now() });
}

/** What time does to NAT gateways. */
export const natGatewayTransitions: TransitionTable = {
  natGatewayAvailable: (world, { place, subject }) => {
    const region = world.region(place);
    const id = natGatewayId(subject);
    if (region.natGateways.get(id)?.state === 'pending') become(region, id, { state: 'available' });
  },
  natGatewayFailed: (world, { place, subject, detail }) => {
    const region = world.region(place);
    const id = natGatewayId(subject);
    const failure = { code: String(detail?.code), message: String(detail?.message) };
    if (region.natGateways.get(id)?.state === 'pending') become(region, id, { state: 'failed', failure });
  },
  natGatewayDeleted: (world, { place, subject }) => bury(world, world.region(place), natGatewayId(subject)),
  natGatewayForgotten: (world, { place, subject }) => {
    world.region(place).natGateways.delete(natGatewayId(subject));
  },
};
