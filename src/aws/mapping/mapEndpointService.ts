import type * as Wire from '@aws-sdk/client-ec2';
import type { AllowedPrincipal, EndpointConnection, EndpointService } from '../../core/endpointService';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import { accountId, endpointServiceId, type Region, region, vpcEndpointId } from '../../core/ids';
import { narrowed, required, requiredText, tagsOf } from './fields';
import { endpointStates } from './mapEndpoint';

const serviceStates: readonly EndpointService['state'][] = ['pending', 'available', 'deleting', 'deleted', 'failed'];
const nameStates = ['pendingVerification', 'verified', 'failed'] as const;
const principalKinds: readonly AllowedPrincipal['kind'][] = [
  'all',
  'service',
  'organizationUnit',
  'account',
  'user',
  'role',
];

/** `own` is the service's region, which AWS lists among the supported ones. */
export function mapEndpointService(wire: Wire.ServiceConfiguration, own: Region): EndpointServiceConfiguration {
  const regions = (wire.SupportedRegions ?? []).map(({ Region }) => required('Region', Region, region));
  return {
    id: required('ServiceId', wire.ServiceId, endpointServiceId),
    serviceName: requiredText('ServiceName', wire.ServiceName),
    state: narrowed(wire.ServiceState, serviceStates, 'available'),
    isAcceptanceRequired: wire.AcceptanceRequired ?? false,
    loadBalancerArns: wire.NetworkLoadBalancerArns ?? [],
    gatewayLoadBalancerArns: wire.GatewayLoadBalancerArns ?? [],
    availabilityZones: wire.AvailabilityZones ?? [],
    privateDnsName: privateDnsNameOf(wire),
    supportedRegions: regions.filter(name => name !== own),
    ipAddressTypes: (wire.SupportedIpAddressTypes ?? []).map(type => narrowed(type, ['ipv4', 'ipv6'], 'ipv4')),
    tags: tagsOf(wire.Tags),
  };
}

function privateDnsNameOf(wire: Wire.ServiceConfiguration): EndpointServiceConfiguration['privateDnsName'] {
  if (!wire.PrivateDnsName) return undefined;
  const { State, Name = '', Value = '' } = wire.PrivateDnsNameConfiguration ?? {};
  return {
    name: wire.PrivateDnsName,
    state: narrowed(State, nameStates, 'pendingVerification'),
    recordName: Name,
    recordValue: Value,
  };
}

export function mapAllowedPrincipal(wire: Wire.AllowedPrincipal): AllowedPrincipal {
  return {
    principal: requiredText('Principal', wire.Principal),
    kind: narrowed(wire.PrincipalType, principalKinds, 'service'),
    permissionId: wire.ServicePermissionId ?? '',
  };
}

/** `own` is the service's region: endpoints of another one say theirs. */
export function mapConnection(wire: Wire.VpcEndpointConnection, own: Region): EndpointConnection {
  return {
    id: wire.VpcEndpointConnectionId ?? '',
    endpointId: required('VpcEndpointId', wire.VpcEndpointId, vpcEndpointId),
    serviceId: required('ServiceId', wire.ServiceId, endpointServiceId),
    ownerId: required('VpcEndpointOwner', wire.VpcEndpointOwner, accountId),
    endpointRegion: wire.VpcEndpointRegion ? required('VpcEndpointRegion', wire.VpcEndpointRegion, region) : own,
    state: narrowed(wire.VpcEndpointState, endpointStates, 'pending'),
    createdAtMs: wire.CreationTimestamp?.getTime() ?? 0,
    tags: tagsOf(wire.Tags),
  };
}
