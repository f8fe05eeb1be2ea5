import type * as Wire from '@aws-sdk/client-ec2';
import { allocationId, natGatewayId, networkInterfaceId, subnetId, vpcId } from '../../core/ids';
import type { NatGateway, NatGatewayState } from '../../core/natGateway';
import { narrowed, optional, required, tagsOf } from './fields';

const states: readonly NatGatewayState[] = ['pending', 'available', 'failed', 'deleting', 'deleted'];

export function mapNatGateway(wire: Wire.NatGateway): NatGateway {
  const addresses = wire.NatGatewayAddresses ?? [];
  const address = addresses.find(({ IsPrimary }) => IsPrimary) ?? addresses[0];
  return {
    id: required('NatGatewayId', wire.NatGatewayId, natGatewayId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    subnetId: required('SubnetId', wire.SubnetId, subnetId),
    connectivity: wire.ConnectivityType === 'private' ? 'private' : 'public',
    state: narrowed(wire.State, states, 'failed'),
    failure: wire.FailureCode ? { code: wire.FailureCode, message: wire.FailureMessage ?? '' } : undefined,
    networkInterfaceId: optional('NetworkInterfaceId', address?.NetworkInterfaceId, networkInterfaceId),
    privateIpAddress: address?.PrivateIp ?? '',
    allocationId: optional('AllocationId', address?.AllocationId, allocationId),
    publicIpAddress: address?.PublicIp || undefined,
    createdAtMs: wire.CreateTime?.getTime() ?? 0,
    deletedAtMs: wire.DeleteTime?.getTime(),
    tags: tagsOf(wire.Tags),
  };
}
