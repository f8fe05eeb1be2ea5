import type * as Wire from '@aws-sdk/client-ec2';
import { instanceId, networkInterfaceId, securityGroupId, subnetId, vpcId } from '../../core/ids';
import type { NetworkInterface, NetworkInterfaceKind } from '../../core/network';
import { optional, required } from './fields';

export function mapNetworkInterface(wire: Wire.NetworkInterface): NetworkInterface {
  const furtherAddresses = furtherAddressesOf(wire);
  return {
    id: required('NetworkInterfaceId', wire.NetworkInterfaceId, networkInterfaceId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    subnetId: required('SubnetId', wire.SubnetId, subnetId),
    kind: kindOf(wire),
    privateIpAddress: wire.PrivateIpAddress ?? '',
    ...(furtherAddresses.length > 0 ? { furtherAddresses } : {}),
    publicIpAddress: wire.Association?.PublicIp || undefined,
    securityGroupIds: (wire.Groups ?? []).map(({ GroupId }) => required('GroupId', GroupId, securityGroupId)),
    description: wire.Description ?? '',
    instanceId: optional('InstanceId', wire.Attachment?.InstanceId, instanceId),
    macAddress: wire.MacAddress ?? '',
    status: wire.Status ?? '',
  };
}

function furtherAddressesOf(wire: Wire.NetworkInterface): readonly string[] {
  const secondary = (wire.PrivateIpAddresses ?? []).flatMap(({ Primary, PrivateIpAddress }) =>
    PrivateIpAddress && !Primary && PrivateIpAddress !== wire.PrivateIpAddress ? [PrivateIpAddress] : [],
  );
  return [...secondary, ...(wire.Ipv6Addresses ?? []).flatMap(({ Ipv6Address }) => Ipv6Address || [])];
}

function kindOf(wire: Wire.NetworkInterface): NetworkInterfaceKind {
  switch (wire.InterfaceType as string | undefined) {
    case 'vpc_endpoint':
      return 'vpcEndpoint';
    case 'network_load_balancer':
      return 'networkLoadBalancer';
    case 'nat_gateway':
    case 'natGateway':
      return 'natGateway';
    case 'ec2_instance_connect_endpoint':
      return 'instanceConnectEndpoint';
    default:
      return wire.Attachment?.InstanceId ? 'instance' : 'other';
  }
}
