/** Interfaces on instances: attaching, detaching, and the attributes that change while they are there. */
import type { InstanceId, NetworkInterfaceId } from '../../core/ids';
import type { Instance, NetworkInterface } from '../../core/network';
import type { PlaceState } from './placeState';
import type { World } from './world';

export interface AttachmentPlan {
  readonly interfaceId: NetworkInterfaceId;
  readonly instanceId: InstanceId;
  readonly deviceIndex: number;
  readonly deletesOnTermination: boolean;
}

/** Attaches an interface to an instance; its interfaces stay in the order of their device indexes. */
export function attachInterface(world: World, region: PlaceState, plan: AttachmentPlan): void {
  const { interfaceId, instanceId, deviceIndex, deletesOnTermination } = plan;
  region.interfaceAttachments.set(interfaceId, {
    deviceIndex,
    deletesOnTermination,
    attachedAtMs: world.timeline.now(),
  });
  updateInterface(region, interfaceId, { kind: 'instance', instanceId, status: 'in-use' });
  setInterfaces(region, instanceId, ids => {
    const indexOf = (id: NetworkInterfaceId) => region.interfaceAttachments.get(id)?.deviceIndex ?? 0;
    return [...new Set([...ids, interfaceId])].sort((left, right) => indexOf(left) - indexOf(right));
  });
}

export function detachInterface(region: PlaceState, id: NetworkInterfaceId): void {
  const instanceId = region.networkInterfaces.get(id)?.instanceId;
  region.interfaceAttachments.delete(id);
  updateInterface(region, id, { kind: 'other', instanceId: undefined, status: 'available' });
  if (instanceId) setInterfaces(region, instanceId, ids => ids.filter(other => other !== id));
}

function setInterfaces(
  region: PlaceState,
  id: InstanceId,
  change: (ids: readonly NetworkInterfaceId[]) => readonly NetworkInterfaceId[],
): void {
  const instance = region.instances.get(id);
  if (instance) region.instances.set(id, { ...instance, networkInterfaceIds: change(instance.networkInterfaceIds) });
}

export function updateInterface(region: PlaceState, id: NetworkInterfaceId, change: Partial<NetworkInterface>): void {
  const item = region.networkInterfaces.get(id);
  if (item) region.networkInterfaces.set(id, { ...item, ...change });
}

/** An instance shows the groups of its first interface. */
export function setInterfaceGroups(
  region: PlaceState,
  id: NetworkInterfaceId,
  securityGroupIds: NetworkInterface['securityGroupIds'],
): void {
  updateInterface(region, id, { securityGroupIds });
  const instance = instanceWith(region, id);
  if (instance?.networkInterfaceIds[0] === id) region.instances.set(instance.id, { ...instance, securityGroupIds });
}

export function instanceWith(region: PlaceState, id: NetworkInterfaceId): Instance | undefined {
  const instanceId = region.networkInterfaces.get(id)?.instanceId;
  return instanceId && region.instances.get(instanceId);
}
