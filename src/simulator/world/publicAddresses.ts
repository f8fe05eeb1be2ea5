/** Public addresses of interfaces: those that EC2 lends, and Elastic IP addresses, which take their place. */
import type { AllocationId, NetworkInterfaceId } from '../../core/ids';
import { formatIpv4, ipv4 } from '../../core/ipv4';
import type { ElasticAddress } from '../../core/natGateway';
import type { Instance, NetworkInterface } from '../../core/network';
import type { PlaceState } from './placeState';
import type { RegionState } from './regionState';

/** A range that EC2 gives to instances in ap-south-1; nothing else of the practice cloud lies in it. */
const publicRange = { first: ipv4('13.232.0.0'), size: 2 ** 18 };

/** An address that nobody in any of the regions has. */
export function freePublicAddress(regions: Iterable<RegionState>, region: PlaceState): string {
  const taken = new Set<string>();
  for (const { networkInterfaces, elasticAddresses, natGateways } of regions)
    for (const table of [networkInterfaces, elasticAddresses, natGateways])
      for (const { publicIpAddress } of table.values()) if (publicIpAddress !== undefined) taken.add(publicIpAddress);
  const chance = region.chanceFor('public address');
  for (;;) {
    const address = formatIpv4(publicRange.first + chance.between(1, publicRange.size - 2));
    if (!taken.has(address)) return address;
  }
}

/** The Elastic IP address that an interface has. */
export function elasticAddressOf(region: RegionState, id: NetworkInterfaceId): ElasticAddress | undefined {
  for (const address of region.elasticAddresses.values()) if (address.networkInterfaceId === id) return address;
  return undefined;
}

/** Gives an interface a public address, or takes it away; its instance shows that of its first interface. */
export function setPublicAddress(
  region: PlaceState,
  id: NetworkInterfaceId,
  publicIpAddress: string | undefined,
): void {
  const item = region.networkInterfaces.get(id);
  if (!item) return;
  region.networkInterfaces.set(id, { ...item, publicIpAddress });
  const instance = instanceOf(region, item);
  if (instance?.networkInterfaceIds[0] === id) region.instances.set(instance.id, { ...instance, publicIpAddress });
}

function instanceOf(region: PlaceState, { instanceId }: NetworkInterface): Instance | undefined {
  return instanceId && region.instances.get(instanceId);
}

/** Puts an Elastic IP address on an interface that has none, in place of the one that EC2 lent. */
export function associateAddress(
  region: PlaceState,
  id: AllocationId,
  interfaceId: NetworkInterfaceId,
): ElasticAddress {
  const address = region.elasticAddresses.get(id);
  if (!address) throw new RangeError(`There is no address ${id}`);
  const associated = { ...address, associationId: region.newId('eipassoc'), networkInterfaceId: interfaceId };
  region.elasticAddresses.set(id, associated);
  setPublicAddress(region, interfaceId, address.publicIpAddress);
  return associated;
}

/** Takes an Elastic IP address from its interface. A running instance that was launched with a lent address gets a new one. */
export function disassociateAddress(regions: Iterable<RegionState>, region: PlaceState, id: AllocationId): void {
  const address = region.elasticAddresses.get(id);
  if (address?.networkInterfaceId === undefined) return;
  region.elasticAddresses.set(id, { ...address, associationId: undefined, networkInterfaceId: undefined });
  const item = region.networkInterfaces.get(address.networkInterfaceId);
  const isLent = item && isLentAgain(region, item);
  setPublicAddress(region, address.networkInterfaceId, isLent ? freePublicAddress(regions, region) : undefined);
}

function isLentAgain(region: PlaceState, item: NetworkInterface): boolean {
  const instance = instanceOf(region, item);
  if (!instance || !['pending', 'running'].includes(instance.state)) return false;
  const isOnly = instance.networkInterfaceIds.length === 1;
  return isOnly && (region.instanceDetails.get(instance.id)?.wantsPublicAddress ?? false);
}
