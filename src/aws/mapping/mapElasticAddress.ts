import type * as Wire from '@aws-sdk/client-ec2';
import { allocationId, networkInterfaceId } from '../../core/ids';
import type { ElasticAddress } from '../../core/natGateway';
import { optional, required, requiredText, tagsOf } from './fields';

export function mapElasticAddress(wire: Wire.Address): ElasticAddress {
  return {
    id: required('AllocationId', wire.AllocationId, allocationId),
    publicIpAddress: requiredText('PublicIp', wire.PublicIp),
    associationId: wire.AssociationId || undefined,
    networkInterfaceId: optional('NetworkInterfaceId', wire.NetworkInterfaceId || undefined, networkInterfaceId),
    tags: tagsOf(wire.Tags),
  };
}
