import type * as Wire from '@aws-sdk/client-ec2';
import { instanceConnectEndpointId, networkInterfaceId, securityGroupId, subnetId, vpcId } from '../../core/ids';
import type { InstanceConnectEndpoint, InstanceConnectEndpointState } from '../../core/instanceConnectEndpoint';
import { idList, narrowed, required, tagsOf } from './fields';

const states: readonly InstanceConnectEndpointState[] = [
  'createInProgress',
  'createComplete',
  'createFailed',
  'deleteInProgress',
  'deleteComplete',
  'deleteFailed',
];

/** An endpoint that is being updated (`update-…`) exists and works. */
export function mapInstanceConnectEndpoint(wire: Wire.Ec2InstanceConnectEndpoint): InstanceConnectEndpoint {
  return {
    id: required('InstanceConnectEndpointId', wire.InstanceConnectEndpointId, instanceConnectEndpointId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    subnetId: required('SubnetId', wire.SubnetId, subnetId),
    networkInterfaceIds: idList('NetworkInterfaceIds', wire.NetworkInterfaceIds, networkInterfaceId),
    securityGroupIds: idList('SecurityGroupIds', wire.SecurityGroupIds, securityGroupId),
    preservesClientIp: wire.PreserveClientIp ?? false,
    state: narrowed(wire.State, states, 'createComplete'),
    stateMessage: wire.StateMessage ?? '',
    dnsName: wire.DnsName ?? '',
    createdAtMs: wire.CreatedAt?.getTime() ?? 0,
    tags: tagsOf(wire.Tags),
  };
}
