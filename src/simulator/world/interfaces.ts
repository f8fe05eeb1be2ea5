import { type NetworkInterfaceId, networkInterfaceId } from '../../core/ids';
import { formatIpv4, ipv4, parseCidr } from '../../core/ipv4';
import type { NetworkInterface, Subnet } from '../../core/network';
import type { Chance } from '../chance';
import type { PlaceState } from './placeState';

/** EC2 keeps the first four addresses of a subnet and the last ("Amazon VPC User Guide: Subnet sizing"). */
const reservedAtStart = 4;
export const reservedAddresses = 5;

export type NewInterface = Omit<NetworkInterface, 'id' | 'vpcId' | 'subnetId' | 'macAddress' | 'privateIpAddress'> & {
  readonly privateIpAddress?: string | undefined;
};

/** Addresses in use in a subnet. */
export function usedAddresses(region: PlaceState, subnet: Subnet): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { subnetId, privateIpAddress } of region.networkInterfaces.values())
    if (subnetId === subnet.id) used.add(privateIpAddress);
  return used;
}

/** Whether an address may be given out in a subnet, in use or not. */
export function isAssignable(subnet: Subnet, address: string): boolean {
  const range = parseCidr(subnet.cidrBlock);
  if (!range) return false;
  const number = ipv4(address);
  return number >= range.first + reservedAtStart && number < range.last;
}

/** A free address anywhere in the subnet, or undefined when it is full. */
export function freeAddress(region: PlaceState, subnet: Subnet, chance: Chance): string | undefined {
  const range = parseCidr(subnet.cidrBlock);
  if (!range) return undefined;
  const used = usedAddresses(region, subnet);
  const least = range.first + reservedAtStart;
  const count = range.last - least;
  const start = chance.between(0, count - 1);
  for (let step = 0; step < count; step++) {
    const address = formatIpv4(least + ((start + step) % count));
    if (!used.has(address)) return address;
  }
  return undefined;
}

/** Makes an interface in a subnet; undefined when the subnet is full. */
export function addInterface(region: PlaceState, subnet: Subnet, about: NewInterface): NetworkInterface | undefined {
  const chance = region.chanceFor('interface');
  const privateIpAddress = about.privateIpAddress ?? freeAddress(region, subnet, chance);
  if (privateIpAddress === undefined) return undefined;
  const made: NetworkInterface = {
    ...about,
    id: networkInterfaceId(region.newId('eni')),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    privateIpAddress,
    macAddress: macAddress(chance),
  };
  region.networkInterfaces.set(made.id, made);
  recount(region, subnet);
  return made;
}

export function removeInterface(region: PlaceState, id: NetworkInterfaceId): void {
  const subnet = region.subnets.get(region.networkInterfaces.get(id)?.subnetId as Subnet['id']);
  region.networkInterfaces.delete(id);
  region.interfaceAttachments.delete(id);
  region.otherTags.delete(id);
  if (subnet) recount(region, subnet);
}

/** Locally administered, as EC2's are. */
function macAddress(chance: Chance): string {
  return ['02', ...Array.from({ length: 5 }, () => chance.hex(2))].join(':');
}

function recount(region: PlaceState, subnet: Subnet): void {
  const range = parseCidr(subnet.cidrBlock);
  const size = range ? range.last - range.first + 1 : 0;
  const availableIpAddressCount = size - reservedAddresses - usedAddresses(region, subnet).size;
  region.subnets.set(subnet.id, { ...subnet, availableIpAddressCount });
}
