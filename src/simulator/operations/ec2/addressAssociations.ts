import type { ElasticAddress } from '../../../core/natGateway';
import type { NetworkInterface } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { associateAddress, disassociateAddress, elasticAddressOf } from '../../world/publicAddresses';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { findAddress, refuseManaged } from './addresses';

function associate(input: Ec2.AssociateAddressRequest, { world, region }: CallContext): Ec2.AssociateAddressResult {
  const address = findAddress(region, input);
  const item = targetOf(region, input);
  if (input.PrivateIpAddress !== undefined && input.PrivateIpAddress !== item.privateIpAddress)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Invalid value '${input.PrivateIpAddress}' for PrivateIpAddress. The address is not assigned to interface ${item.id}.`,
    );
  checkGateway(region, item);
  if (address.networkInterfaceId === item.id) return { AssociationId: address.associationId ?? '' };
  free(address, item, input.AllowReassociation ?? false, { world, region });
  return { AssociationId: associateAddress(region, address.id, item.id).associationId ?? '' };
}

/** Either an interface, or an instance with only one. */
function targetOf(region: PlaceState, input: Ec2.AssociateAddressRequest): NetworkInterface {
  const { InstanceId, NetworkInterfaceId } = input;
  if (InstanceId === undefined && NetworkInterfaceId === undefined)
    throw new ServiceFault('MissingParameter', 'Either instance ID or network interface id must be specified');
  if (InstanceId !== undefined && NetworkInterfaceId !== undefined)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'You may specify an instance ID or a network interface ID, but not both.',
    );
  if (InstanceId !== undefined) return interfaceOf(region, InstanceId);
  const item = find('networkInterface', region.networkInterfaces, NetworkInterfaceId ?? '');
  if (item.kind !== 'instance' && item.kind !== 'other')
    throw new ServiceFault('AuthFailure', 'You do not have permission to access the specified resource.');
  return item;
}

function interfaceOf(region: PlaceState, id: string): NetworkInterface {
  const { state, networkInterfaceIds } = find('instance', region.instances, id);
  const [first, ...others] = networkInterfaceIds.flatMap(own => region.networkInterfaces.get(own) ?? []);
  if (others.length > 0)
    throw new ServiceFault(
      'InvalidInstanceID',
      `There are multiple interfaces attached to instance '${id}'. Please specify an interface ID for the operation instead.`,
    );
  if (!first || !['running', 'stopped', 'stopping'].includes(state))
    throw new ServiceFault(
      'InvalidInstanceID',
      `The ${state} instance '${id}' is not in a valid state for this operation.`,
    );
  return first;
}

function checkGateway(region: PlaceState, { vpcId }: NetworkInterface): void {
  if ([...region.internetGateways.values()].some(({ attachedVpcIds }) => attachedVpcIds.includes(vpcId))) return;
  throw new ServiceFault('Gateway.NotAttached', `Network ${vpcId} is not attached to any internet gateway`);
}

/** The address and the interface let go of what they have, when the caller allows that. */
function free(
  address: ElasticAddress,
  item: NetworkInterface,
  mayMove: boolean,
  { world, region }: Pick<CallContext, 'world' | 'region'>,
): void {
  refuseManaged(region, address);
  const other = elasticAddressOf(region, item.id);
  for (const held of [address, other]) {
    if (held?.associationId === undefined) continue;
    if (!mayMove)
      throw new ServiceFault(
        'Resource.AlreadyAssociated',
        `resource ${held.id} is already associated with associate-id ${held.associationId}`,
      );
    disassociateAddress(world.regions, region, held.id);
  }
}

function disassociate(input: Ec2.DisassociateAddressRequest, { world, region }: CallContext): object {
  const address =
    input.AssociationId === undefined ? findAddress(region, input) : ofAssociation(region, input.AssociationId);
  if (address.associationId === undefined)
    throw new ServiceFault('InvalidAddress.NotFound', `Address '${address.publicIpAddress}' is not associated.`);
  refuseManaged(region, address);
  disassociateAddress(world.regions, region, address.id);
  return {};
}

function ofAssociation(region: PlaceState, id: string): ElasticAddress {
  const associated = [...region.elasticAddresses.values()].flatMap(address =>
    address.associationId === undefined ? [] : [[address.associationId, address] as const],
  );
  return find('addressAssociation', new Map(associated), id);
}

export const addressAssociationOperations: OperationTable = {
  AssociateAddress: associate,
  DisassociateAddress: disassociate,
};
