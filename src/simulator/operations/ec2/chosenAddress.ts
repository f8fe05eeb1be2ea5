import { parseIpv4 } from '../../../core/ipv4';
import type { Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import { isAssignable, usedAddresses } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';

/** Refuses a private address that a caller chose and that a subnet cannot give. */
export function checkFreeAddress(region: PlaceState, subnet: Subnet, address: string | undefined): void {
  if (address === undefined) return;
  if (parseIpv4(address) === undefined || !isAssignable(subnet, address))
    throw new ServiceFault(
      'InvalidParameterValue',
      `Address ${address} does not fall within the subnet's address range`,
    );
  if (usedAddresses(region, subnet).has(address))
    throw new ServiceFault('InvalidIPAddress.InUse', `Address ${address} is in use.`);
}
