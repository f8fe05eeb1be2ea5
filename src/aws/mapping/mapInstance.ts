import type * as Wire from '@aws-sdk/client-ec2';
import { instanceId, networkInterfaceId, securityGroupId, subnetId, vpcId } from '../../core/ids';
import type { Instance, InstanceState } from '../../core/network';
import { narrowed, optional, required, tagsOf } from './fields';

const states: readonly InstanceState[] = ['pending', 'running', 'shuttingDown', 'terminated', 'stopping', 'stopped'];

export function mapInstance(wire: Wire.Instance): Instance {
  return {
    id: required('InstanceId', wire.InstanceId, instanceId),
    state: narrowed(wire.State?.Name, states, 'pending'),
    // A terminated instance has neither.
    vpcId: optional('VpcId', wire.VpcId, vpcId),
    subnetId: optional('SubnetId', wire.SubnetId, subnetId),
    privateIpAddress: wire.PrivateIpAddress || undefined,
    publicIpAddress: wire.PublicIpAddress || undefined,
    networkInterfaceIds: (wire.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) =>
      NetworkInterfaceId ? [required('NetworkInterfaceId', NetworkInterfaceId, networkInterfaceId)] : [],
    ),
    securityGroupIds: (wire.SecurityGroups ?? []).map(({ GroupId }) => required('GroupId', GroupId, securityGroupId)),
    instanceProfileArn: wire.IamInstanceProfile?.Arn || undefined,
    imageId: wire.ImageId ?? '',
    instanceType: wire.InstanceType ?? '',
    launchedAtMs: wire.LaunchTime?.getTime() ?? 0,
    tags: tagsOf(wire.Tags),
  };
}
