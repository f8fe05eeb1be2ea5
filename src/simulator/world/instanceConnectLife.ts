import { type InstanceConnectEndpointId, instanceConnectEndpointId, type SecurityGroupId } from '../../core/ids';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Subnet } from '../../core/network';
import { updateInterface } from './interfaceLife';
import { addInterface, removeInterface } from './interfaces';
import type { PlaceState } from './placeState';
import type { TransitionTable, World } from './world';

const secondMs = 1000;

export interface InstanceConnectPlan {
  readonly subnet: Subnet;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly preservesClientIp: boolean;
  readonly tags: InstanceConnectEndpoint['tags'];
}

/** `create-in-progress` → `create-complete`, 1 to 5 min as on AWS. Undefined when the subnet has no free address. */
export function makeInstanceConnectEndpoint(
  world: World,
  region: PlaceState,
  { subnet, securityGroupIds, preservesClientIp, tags }: InstanceConnectPlan,
): InstanceConnectEndpoint | undefined {
  const id = instanceConnectEndpointId(region.newId('eice'));
  const made = addInterface(region, subnet, {
    kind: 'instanceConnectEndpoint',
    publicIpAddress: undefined,
    securityGroupIds,
    description: `EC2 Instance Connect Endpoint ${id}`,
    instanceId: undefined,
    status: 'in-use',
  });
  if (!made) return undefined;
  const label = region.derivedId('dns', id).slice(-8);
  const endpoint: InstanceConnectEndpoint = {
    id,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    networkInterfaceIds: [made.id],
    securityGroupIds,
    preservesClientIp,
    state: 'createInProgress',
    stateMessage: '',
    dnsName: `${id}.${label}.ec2-instance-connect-endpoint.${region.place.region}.amazonaws.com`,
    createdAtMs: world.timeline.now(),
    tags,
  };
  region.instanceConnectEndpoints.set(id, endpoint);
  const durationMs = region.chanceFor('instance connect endpoint').between(60, 300) * secondMs;
  world.schedule(durationMs, { kind: 'instanceConnectComplete', place: region.place, subject: id });
  return endpoint;
}

export function updateInstanceConnectEndpoint(
  region: PlaceState,
  id: InstanceConnectEndpointId,
  change: Partial<InstanceConnectEndpoint>,
): void {
  const endpoint = region.instanceConnectEndpoints.get(id);
  if (!endpoint) return;
  region.instanceConnectEndpoints.set(id, { ...endpoint, ...change });
  const { securityGroupIds } = change;
  if (securityGroupIds)
    for (const interfaceId of endpoint.networkInterfaceIds) updateInterface(region, interfaceId, { securityGroupIds });
}

/** `delete-in-progress` → gone, with its interface, after some seconds. */
export function deleteInstanceConnectEndpoint(world: World, region: PlaceState, id: InstanceConnectEndpointId): void {
  updateInstanceConnectEndpoint(region, id, { state: 'deleteInProgress' });
  const durationMs = region.chanceFor('instance connect endpoint').between(30, 90) * secondMs;
  world.schedule(durationMs, { kind: 'instanceConnectGone', place: region.place, subject: id });
}

function forget(region: PlaceState, id: InstanceConnectEndpointId): void {
  for (const interfaceId of region.instanceConnectEndpoints.get(id)?.networkInterfaceIds ?? [])
    removeInterface(region, interfaceId);
  region.instanceConnectEndpoints.delete(id);
}

/** What time does to EC2 Instance Connect Endpoints. */
export const instanceConnectTransitions: TransitionTable = {
  instanceConnectComplete: (world, { place, subject }) => {
    const region = world.region(place);
    const id = instanceConnectEndpointId(subject);
    if (region.instanceConnectEndpoints.get(id)?.state === 'createInProgress')
      updateInstanceConnectEndpoint(region, id, { state: 'createComplete' });
  },
  instanceConnectGone: (world, { place, subject }) => forget(world.region(place), instanceConnectEndpointId(subject)),
};
