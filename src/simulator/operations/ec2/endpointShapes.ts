import type { EndpointDnsEntry, VpcEndpoint } from '../../../core/network';
import { serviceRegionOf } from '../../../core/serviceNames';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { Listing } from './describe';

export const endpointListing: Listing<VpcEndpoint> = {
  kind: 'endpoint',
  tagsOf: endpoint => endpoint.tags,
  limits: { cap: 1000 },
  filters: {
    'vpc-id': endpoint => endpoint.vpcId,
    'service-name': endpoint => endpoint.serviceName,
    'service-region': ({ serviceName }) => serviceRegionOf(serviceName),
    'vpc-endpoint-id': endpoint => endpoint.id,
    'vpc-endpoint-state': endpoint => endpoint.state,
    'vpc-endpoint-type': endpoint => wireKind(endpoint),
    'ip-address-type': () => 'ipv4',
  },
};

function wireKind({ kind }: VpcEndpoint): 'Interface' | 'Gateway' {
  return kind === 'gateway' ? 'Gateway' : 'Interface';
}

/** States go lower camel on the wire, though the model's enumeration is capitalised. */
function wireState({ state }: VpcEndpoint): Ec2.State {
  return state as Ec2.State;
}

export function dnsEntriesShape(entries: readonly EndpointDnsEntry[]): Ec2.DnsEntry[] {
  return entries.map(({ name, hostedZoneId }) => ({
    DnsName: name,
    ...(hostedZoneId === undefined ? {} : { HostedZoneId: hostedZoneId }),
  }));
}

export function endpointShape(region: PlaceState, endpoint: VpcEndpoint): Ec2.VpcEndpoint {
  const isInboundOnly = region.inboundOnlyNames.has(endpoint.id);
  return {
    VpcEndpointId: endpoint.id,
    VpcEndpointType: wireKind(endpoint),
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
    State: wireState(endpoint),
    PolicyDocument: endpoint.policyDocument ?? '',
    RouteTableIds: [...endpoint.routeTableIds],
    SubnetIds: [...endpoint.subnetIds],
    Groups: endpoint.securityGroupIds.map(id => ({
      GroupId: id,
      GroupName: region.securityGroups.get(id)?.name ?? '',
    })),
    ...(endpoint.kind === 'interface'
      ? {
          IpAddressType: 'ipv4' as const,
          DnsOptions: {
            DnsRecordIpType: 'ipv4' as const,
            ...(isInboundOnly ? { PrivateDnsOnlyForInboundResolverEndpoint: true } : {}),
          },
        }
      : {}),
    PrivateDnsEnabled: endpoint.privateDnsEnabled || isInboundOnly,
    RequesterManaged: false,
    NetworkInterfaceIds: [...endpoint.networkInterfaceIds],
    DnsEntries: dnsEntriesShape(endpoint.dnsEntries),
    CreationTimestamp: new Date(endpoint.createdAtMs),
    Tags: tagList(endpoint.tags),
    OwnerId: endpoint.ownerId,
    ServiceRegion: serviceRegionOf(endpoint.serviceName) ?? region.place.region,
    ...(endpoint.failure === undefined
      ? {}
      : { FailureReason: endpoint.failure, LastError: { Message: endpoint.failure } }),
  };
}
