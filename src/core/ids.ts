/**
 * Ids as AWS prints them, told apart by type. Each is made by its parser only, so that a subnet's id cannot pass for a VPC's.
 * Form: prefix, dash, 8 or 17 lower-case hex digits ("Amazon EC2 API: Resource IDs"); managed prefix lists of AWS have 8.
 */
type Id<Name extends string> = string & { readonly brand: Name };

export type VpcId = Id<'VpcId'>;
export type SubnetId = Id<'SubnetId'>;
export type RouteTableId = Id<'RouteTableId'>;
export type InternetGatewayId = Id<'InternetGatewayId'>;
export type NetworkInterfaceId = Id<'NetworkInterfaceId'>;
export type SecurityGroupId = Id<'SecurityGroupId'>;
export type NetworkAclId = Id<'NetworkAclId'>;
export type DhcpOptionsId = Id<'DhcpOptionsId'>;
export type PrefixListId = Id<'PrefixListId'>;
export type VpcEndpointId = Id<'VpcEndpointId'>;
export type InstanceId = Id<'InstanceId'>;
export type PeeringConnectionId = Id<'PeeringConnectionId'>;
export type NatGatewayId = Id<'NatGatewayId'>;
/** `eipalloc-…`: an Elastic IP address of one account. */
export type AllocationId = Id<'AllocationId'>;
/** `vpce-svc-…` */
export type EndpointServiceId = Id<'EndpointServiceId'>;
/** `eice-…` */
export type InstanceConnectEndpointId = Id<'InstanceConnectEndpointId'>;
export type KeyPairId = Id<'KeyPairId'>;
/** Twelve digits. */
export type AccountId = Id<'AccountId'>;
/** Such as `ap-south-1`. */
export type Region = Id<'Region'>;
/** Opaque key of a scope inside this extension. */
export type ScopeId = Id<'ScopeId'>;

function parser<T extends string>(what: string, form: RegExp): (text: string) => T {
  return text => {
    if (!form.test(text)) throw new RangeError(`${JSON.stringify(text)} is not a ${what}`);
    return text as T;
  };
}

const prefixed = (prefix: string) => new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);

/** Each throws a RangeError for text of another form. */
export const vpcId = parser<VpcId>('VPC id', prefixed('vpc'));
export const subnetId = parser<SubnetId>('subnet id', prefixed('subnet'));
export const routeTableId = parser<RouteTableId>('route table id', prefixed('rtb'));
export const internetGatewayId = parser<InternetGatewayId>('internet gateway id', prefixed('igw'));
export const networkInterfaceId = parser<NetworkInterfaceId>('network interface id', prefixed('eni'));
export const securityGroupId = parser<SecurityGroupId>('security group id', prefixed('sg'));
export const networkAclId = parser<NetworkAclId>('network ACL id', prefixed('acl'));
export const dhcpOptionsId = parser<DhcpOptionsId>('DHCP options id', prefixed('dopt'));
export const prefixListId = parser<PrefixListId>('prefix list id', prefixed('pl'));
export const vpcEndpointId = parser<VpcEndpointId>('VPC endpoint id', prefixed('vpce'));
export const instanceId = parser<InstanceId>('instance id', prefixed('i'));
export const peeringConnectionId = parser<PeeringConnectionId>('peering connection id', prefixed('pcx'));
export const natGatewayId = parser<NatGatewayId>('NAT gateway id', prefixed('nat'));
export const allocationId = parser<AllocationId>('allocation id', prefixed('eipalloc'));
export const endpointServiceId = parser<EndpointServiceId>('endpoint service id', prefixed('vpce-svc'));
export const instanceConnectEndpointId = parser<InstanceConnectEndpointId>(
  'EC2 Instance Connect Endpoint id',
  prefixed('eice'),
);
export const keyPairId = parser<KeyPairId>('key pair id', prefixed('key'));
export const accountId = parser<AccountId>('account id', /^\d{12}$/);
const regionForm = /^[a-z]{2}(?:-[a-z]+)+-\d+$/;
export const region = parser<Region>('region', regionForm);
export const scopeId = parser<ScopeId>('scope id', /^[\w.:@/-]+$/);

/** Whether a text has the form that a parser of this file takes. */
export function isId(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text that somebody typed or stored has the form of a region. */
export function isRegion(text: string): text is Region {
  return regionForm.test(text);
}
