import type { SubnetId } from '../../../core/ids';
import { parseIpv4 } from '../../../core/ipv4';
import type { NetworkInterface, Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { isAssignable, usedAddresses } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';

/** Addresses that the caller chose, by subnet; those that a subnet cannot give are refused. An address that is kept counts as free. */
export function chosenAddresses(
  region: PlaceState,
  subnets: readonly Subnet[],
  configurations: readonly Ec2.SubnetConfiguration[] | undefined,
  present: readonly NetworkInterface[] = [],
): ReadonlyMap<SubnetId, string> {
  const chosen = new Map<SubnetId, string>();
  for (const { SubnetId: id, Ipv4, Ipv6 } of configurations ?? []) {
    if (Ipv6 !== undefined)
      throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes IPv4 endpoints only.');
    const subnet = subnets.find(candidate => candidate.id === id);
    if (!subnet) throw new ServiceFault('InvalidParameter', `The subnet ${id} is not one of the endpoint's subnets.`);
    if (Ipv4 === undefined) continue;
    const isKept = present.some(({ subnetId, privateIpAddress }) => subnetId === id && privateIpAddress === Ipv4);
    if (!isKept) checkAddress(region, subnet, Ipv4);
    chosen.set(subnet.id, Ipv4);
  }
  return chosen;
}

function checkAddress(region: PlaceState, subnet: Subnet, address: string): void {
  if (parseIpv4(address) === undefined || !isAssignable(subnet, address))
    throw new ServiceFault('InvalidParameter', `The address ${address} cannot be used in the subnet ${subnet.id}.`);
  if (usedAddresses(region, subnet).has(address))
    throw new ServiceFault('InvalidParameter', `The address ${address} is in use already.`);
}
