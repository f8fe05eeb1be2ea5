import { allocationId } from '../../../core/ids';
import type { ElasticAddress } from '../../../core/natGateway';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { freePublicAddress } from '../../world/publicAddresses';
import { applyFilters } from '../common/filters';
import { find, findAll } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';

/** "Elastic IP address quota": per Region. */
const maximumAddresses = 5;

/** The addresses' own pool. */
const amazonPool = 'amazon';

function allocateAddress(input: Ec2.AllocateAddressRequest, { world, region }: CallContext): Ec2.AllocateAddressResult {
  refuseOtherPools(input, region);
  const tags = tagsAtCreation(input.TagSpecifications, 'elastic-ip');
  if (region.elasticAddresses.size >= maximumAddresses)
    throw new ServiceFault('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
  const address: ElasticAddress = {
    id: allocationId(region.newId('eipalloc')),
    publicIpAddress: freePublicAddress(world.regions, region),
    associationId: undefined,
    networkInterfaceId: undefined,
    tags,
  };
  region.elasticAddresses.set(address.id, address);
  return {
    AllocationId: address.id,
    PublicIpv4Pool: amazonPool,
    NetworkBorderGroup: region.place.region,
    Domain: 'vpc',
    PublicIp: address.publicIpAddress,
  };
}

function refuseOtherPools(input: Ec2.AllocateAddressRequest, { place }: PlaceState): void {
  const { Address, CustomerOwnedIpv4Pool, IpamPoolId, NetworkBorderGroup = place.region, PublicIpv4Pool } = input;
  const isOtherPool = PublicIpv4Pool !== undefined && PublicIpv4Pool !== amazonPool;
  if (
    Address ??
    CustomerOwnedIpv4Pool ??
    IpamPoolId ??
    (isOtherPool || NetworkBorderGroup !== place.region || undefined)
  )
    throw new ServiceFault(
      'UnsupportedOperation',
      "The practice cloud allocates addresses of Amazon's pool in the Region only.",
    );
}

function releaseAddress(input: Ec2.ReleaseAddressRequest, { region }: CallContext): object {
  const address = findAddress(region, input);
  if (address.associationId !== undefined) {
    refuseManaged(region, address);
    throw new ServiceFault('InvalidIPAddress.InUse', `Address ${address.publicIpAddress} is in use.`);
  }
  region.elasticAddresses.delete(address.id);
  return {};
}

/** By allocation id, or by the address itself. */
export function findAddress(
  region: PlaceState,
  { AllocationId, PublicIp }: { readonly AllocationId?: string | undefined; readonly PublicIp?: string | undefined },
): ElasticAddress {
  if (AllocationId !== undefined) return find('elasticAddress', region.elasticAddresses, AllocationId);
  if (PublicIp === undefined)
    throw new ServiceFault('MissingParameter', 'Either public IP or allocation id must be specified');
  const found = [...region.elasticAddresses.values()].find(({ publicIpAddress }) => publicIpAddress === PublicIp);
  if (found) return found;
  throw new ServiceFault('InvalidAddress.NotFound', `Address '${PublicIp}' not found.`);
}

/** Addresses on interfaces that AWS made are moved and freed by their service alone. */
export function refuseManaged(region: PlaceState, { networkInterfaceId }: ElasticAddress): void {
  const kind = networkInterfaceId && region.networkInterfaces.get(networkInterfaceId)?.kind;
  if (kind !== undefined && kind !== 'instance' && kind !== 'other')
    throw new ServiceFault('AuthFailure', 'You do not have permission to access the specified resource.');
}

function addressShape(region: PlaceState, address: ElasticAddress): Ec2.Address {
  const item = address.networkInterfaceId && region.networkInterfaces.get(address.networkInterfaceId);
  return {
    ...optional({ InstanceId: item?.instanceId, AssociationId: address.associationId }),
    PublicIp: address.publicIpAddress,
    AllocationId: address.id,
    Domain: 'vpc',
    ...(item
      ? {
          NetworkInterfaceId: item.id,
          NetworkInterfaceOwnerId: region.place.accountId,
          PrivateIpAddress: item.privateIpAddress,
        }
      : {}),
    Tags: tagList(address.tags),
    PublicIpv4Pool: amazonPool,
    NetworkBorderGroup: region.place.region,
  };
}

function describeAddresses(input: Ec2.DescribeAddressesRequest, { region }: CallContext): Ec2.DescribeAddressesResult {
  const byId = findAll('elasticAddress', region.elasticAddresses, input.AllocationIds);
  const named = (input.PublicIps ?? []).map(PublicIp => findAddress(region, { PublicIp }));
  const chosen = named.length > 0 ? byId.filter(address => named.includes(address)) : byId;
  const shape = (address: ElasticAddress) => addressShape(region, address);
  const filters = {
    'allocation-id': (address: ElasticAddress) => address.id,
    'association-id': (address: ElasticAddress) => address.associationId,
    domain: () => 'vpc',
    'instance-id': (address: ElasticAddress) => shape(address).InstanceId,
    'network-border-group': () => region.place.region,
    'network-interface-id': (address: ElasticAddress) => address.networkInterfaceId,
    'network-interface-owner-id': (address: ElasticAddress) => shape(address).NetworkInterfaceOwnerId,
    'private-ip-address': (address: ElasticAddress) => shape(address).PrivateIpAddress,
    'public-ip': (address: ElasticAddress) => address.publicIpAddress,
  };
  return { Addresses: applyFilters(chosen, input.Filters, filters, address => address.tags).map(shape) };
}

/** No address of the practice cloud has a reverse name of its own. */
function describeAddressesAttribute(
  input: Ec2.DescribeAddressesAttributeRequest,
  { region }: CallContext,
): Ec2.DescribeAddressesAttributeResult {
  findAll('elasticAddress', region.elasticAddresses, input.AllocationIds);
  return { Addresses: [] };
}

export const addressOperations: OperationTable = {
  AllocateAddress: allocateAddress,
  DescribeAddresses: describeAddresses,
  DescribeAddressesAttribute: describeAddressesAttribute,
  ReleaseAddress: releaseAddress,
};
