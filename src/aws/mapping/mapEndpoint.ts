import type * as Wire from '@aws-sdk/client-ec2';
import {
  accountId,
  networkInterfaceId,
  routeTableId,
  securityGroupId,
  subnetId,
  vpcEndpointId,
  vpcId,
} from '../../core/ids';
import type {
  EndpointAddressType,
  EndpointKind,
  EndpointServiceOffer,
  EndpointState,
  VpcEndpoint,
} from '../../core/network';
import { idList, narrowed, required, requiredText, tagsOf } from './fields';

const kinds: readonly EndpointKind[] = ['interface', 'gateway', 'gatewayLoadBalancer', 'resource', 'serviceNetwork'];
export const endpointStates: readonly EndpointState[] = [
  'pendingAcceptance',
  'pending',
  'available',
  'deleting',
  'deleted',
  'rejected',
  'failed',
  'expired',
  'partial',
];

const addressTypes: readonly EndpointAddressType[] = ['ipv4', 'ipv6', 'dualstack'];
const serviceAddressTypes = ['ipv4', 'ipv6'] as const;

export function mapEndpoint(wire: Wire.VpcEndpoint): VpcEndpoint {
  return {
    id: required('VpcEndpointId', wire.VpcEndpointId, vpcEndpointId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    ownerId: required('OwnerId', wire.OwnerId, accountId),
    kind: narrowed(wire.VpcEndpointType, kinds, 'gateway'),
    serviceName: wire.ServiceName ?? '',
    state: narrowed(wire.State, endpointStates, 'partial'),
    privateDnsEnabled: wire.PrivateDnsEnabled ?? false,
    subnetIds: idList('SubnetIds', wire.SubnetIds, subnetId),
    networkInterfaceIds: idList('NetworkInterfaceIds', wire.NetworkInterfaceIds, networkInterfaceId),
    routeTableIds: idList('RouteTableIds', wire.RouteTableIds, routeTableId),
    securityGroupIds: (wire.Groups ?? []).map(({ GroupId }) => required('GroupId', GroupId, securityGroupId)),
    dnsEntries: (wire.DnsEntries ?? []).flatMap(({ DnsName, HostedZoneId }) =>
      DnsName ? [{ name: DnsName, hostedZoneId: HostedZoneId }] : [],
    ),
    policyDocument: wire.PolicyDocument,
    failure: wire.LastError?.Message ?? wire.FailureReason,
    createdAtMs: wire.CreationTimestamp?.getTime() ?? 0,
    tags: tagsOf(wire.Tags),
    ipAddressType: wire.IpAddressType && narrowed(wire.IpAddressType, addressTypes, 'ipv4'),
    serviceRegion: wire.ServiceRegion || undefined,
    isPrivateDnsForInboundOnly: wire.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint,
    targetArn: wire.ResourceConfigurationArn || wire.ServiceNetworkArn || undefined,
  };
}

/** A service is listed once for each kind of endpoint it takes; `ServiceType` is a list all the same. */
export function mapService(wire: Wire.ServiceDetail): readonly EndpointServiceOffer[] {
  const serviceName = requiredText('ServiceName', wire.ServiceName);
  return (wire.ServiceType ?? []).map(({ ServiceType }) => ({
    serviceName,
    kind: narrowed(ServiceType, kinds, 'interface'),
    owner: wire.Owner ?? '',
    privateDnsName: wire.PrivateDnsName || undefined,
    availabilityZones: wire.AvailabilityZones ?? [],
    isPolicySupported: wire.VpcEndpointPolicySupported ?? false,
    isAcceptanceRequired: wire.AcceptanceRequired ?? false,
    region: wire.ServiceRegion || undefined,
    ipAddressTypes: (wire.SupportedIpAddressTypes ?? []).map(type => narrowed(type, serviceAddressTypes, 'ipv4')),
    isPrivateDnsUnverified: isUnverified(wire),
  }));
}

function isUnverified({ PrivateDnsNameVerificationState: state }: Wire.ServiceDetail): boolean {
  return state !== undefined && state !== 'verified';
}
