import type * as Wire from '@aws-sdk/client-ec2';
import type { EndpointAddressType } from '../../core/network';
import type { EndpointChange } from '../../core/ports/endpointGateway';

/** What ModifyVpcEndpoint takes, without the id; a list that is empty is left out. */
export function wireEndpointChange(change: EndpointChange): Omit<Wire.ModifyVpcEndpointRequest, 'VpcEndpointId'> {
  const { policy, privateDnsEnabled } = change;
  return {
    ...some('AddSubnetIds', change.addSubnetIds),
    ...some('RemoveSubnetIds', change.removeSubnetIds),
    ...some('AddSecurityGroupIds', change.addSecurityGroupIds),
    ...some('RemoveSecurityGroupIds', change.removeSecurityGroupIds),
    ...some('AddRouteTableIds', change.addRouteTableIds),
    ...some('RemoveRouteTableIds', change.removeRouteTableIds),
    ...(privateDnsEnabled !== undefined && { PrivateDnsEnabled: privateDnsEnabled }),
    ...wireDnsOptions(change),
    ...wireAddressType(change),
    ...(policy === 'fullAccess' && { ResetPolicy: true }),
    ...(typeof policy === 'object' && { PolicyDocument: policy.document }),
  };
}

/** The one DNS option that we set. */
export function wireDnsOptions({
  isPrivateDnsForInboundOnly,
}: {
  readonly isPrivateDnsForInboundOnly?: boolean | undefined;
}): {
  readonly DnsOptions?: Wire.DnsOptionsSpecification;
} {
  if (isPrivateDnsForInboundOnly === undefined) return {};
  return { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: isPrivateDnsForInboundOnly } };
}

export function wireAddressType({ ipAddressType }: { readonly ipAddressType?: EndpointAddressType | undefined }): {
  readonly IpAddressType?: Wire.IpAddressType;
} {
  return ipAddressType === undefined ? {} : { IpAddressType: ipAddressType };
}

function some<Name extends string>(name: Name, ids: readonly string[] | undefined): { [Key in Name]?: string[] } {
  return (ids && ids.length > 0 ? { [name]: [...ids] } : {}) as { [Key in Name]?: string[] };
}
