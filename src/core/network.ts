/**
 * The field as values: what a VPC holds, free of any cloud's wire names. Addresses and ranges are canonical text ("172.31.36.107",
 * "172.31.0.0/16"); `core/ipv4` turns them into numbers where speed matters.
 */
import type {
  AccountId,
  DhcpOptionsId,
  InstanceId,
  InternetGatewayId,
  NatGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  Region,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from './ids';

export type Tags = Readonly<Record<string, string>>;

export interface Vpc {
  readonly id: VpcId;
  readonly ownerId: AccountId;
  /** Primary range first. */
  readonly cidrBlocks: readonly string[];
  /** Left out when it has none. */
  readonly ipv6CidrBlocks?: readonly string[];
  readonly isDefault: boolean;
  readonly dhcpOptionsId: DhcpOptionsId | undefined;
  readonly tags: Tags;
}

/** The two attributes that DescribeVpcs does not return. */
export interface VpcDnsAttributes {
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
}

export interface DhcpOptions {
  readonly id: DhcpOptionsId;
  readonly domainName: string | undefined;
  /** Addresses, or the word `AmazonProvidedDNS`. */
  readonly domainNameServers: readonly string[];
  readonly ntpServers?: readonly string[] | undefined;
  readonly netbiosNameServers?: readonly string[] | undefined;
  readonly netbiosNodeType?: string | undefined;
  readonly tags?: Tags;
}

export interface Subnet {
  readonly id: SubnetId;
  readonly vpcId: VpcId;
  readonly cidrBlock: string;
  /** Name in this account, such as `ap-south-1a`. */
  readonly availabilityZone: string;
  /** The same in every account, such as `aps1-az1`. */
  readonly availabilityZoneId: string;
  readonly mapPublicIpOnLaunch: boolean;
  readonly availableIpAddressCount: number;
  readonly tags: Tags;
}

export type RouteDestination =
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'prefixList'; readonly prefixListId: PrefixListId };

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internetGateway'; readonly id: InternetGatewayId }
  | { readonly kind: 'natGateway'; readonly id: NatGatewayId }
  | { readonly kind: 'gatewayEndpoint'; readonly id: VpcEndpointId }
  | { readonly kind: 'peeringConnection'; readonly id: PeeringConnectionId }
  | { readonly kind: 'networkInterface'; readonly id: NetworkInterfaceId }
  | { readonly kind: 'other'; readonly id: string };

export interface Route {
  readonly destination: RouteDestination;
  readonly target: RouteTarget;
  readonly state: 'active' | 'blackhole';
  readonly origin: 'createRouteTable' | 'createRoute' | 'propagated';
}

export interface RouteTable {
  readonly id: RouteTableId;
  readonly vpcId: VpcId;
  readonly isMain: boolean;
  /** Explicit associations only; a subnet without one uses the VPC's main table. */
  readonly subnetIds: readonly SubnetId[];
  readonly routes: readonly Route[];
  readonly tags: Tags;
}

export interface PrefixList {
  readonly id: PrefixListId;
  /** For a service's list the service name, such as `com.amazonaws.ap-south-1.s3`. */
  readonly name: string;
  readonly cidrs: readonly string[];
}

/** IANA number for TCP 6, UDP 17, ICMP 1; -1 is every protocol. */
export type IpProtocol = number;

/** Whose a group of a peered VPC was when a rule named it. */
export interface GroupAcrossPeering {
  readonly accountId: AccountId;
  readonly vpcId: VpcId;
  readonly peeringConnectionId: PeeringConnectionId;
}

export type SecurityGroupPeer =
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'group'; readonly groupId: SecurityGroupId; readonly across?: GroupAcrossPeering }
  | { readonly kind: 'prefixList'; readonly prefixListId: PrefixListId };

export interface SecurityGroupRule {
  /** `sgr-…` */
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly protocol: IpProtocol;
  /** TCP and UDP: ports. ICMP: type in `fromPort`, code in `toPort`, -1 for any. Absent when every port. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peer: SecurityGroupPeer;
  readonly description: string | undefined;
}

export interface SecurityGroup {
  readonly id: SecurityGroupId;
  readonly vpcId: VpcId;
  readonly name: string;
  readonly description: string;
  readonly rules: readonly SecurityGroupRule[];
  readonly tags: Tags;
}

export interface NetworkAclEntry {
  readonly ruleNumber: number;
  readonly direction: 'ingress' | 'egress';
  readonly protocol: IpProtocol;
  readonly action: 'allow' | 'deny';
  readonly cidr: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

export interface NetworkAcl {
  readonly id: NetworkAclId;
  readonly vpcId: VpcId;
  readonly isDefault: boolean;
  readonly subnetIds: readonly SubnetId[];
  readonly entries: readonly NetworkAclEntry[];
}

export type NetworkInterfaceKind =
  | 'instance'
  | 'vpcEndpoint'
  | 'networkLoadBalancer'
  | 'natGateway'
  | 'instanceConnectEndpoint'
  | 'other';

export interface NetworkInterface {
  readonly id: NetworkInterfaceId;
  readonly vpcId: VpcId;
  readonly subnetId: SubnetId;
  readonly kind: NetworkInterfaceKind;
  readonly privateIpAddress: string;
  /** Its secondary IPv4 addresses and its IPv6 addresses; left out when it has none. */
  readonly furtherAddresses?: readonly string[];
  readonly publicIpAddress: string | undefined;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly description: string;
  readonly instanceId: InstanceId | undefined;
  readonly macAddress: string;
  readonly status: string;
  /** Whether packets that are neither from nor for it are dropped; they are unless this is false. */
  readonly sourceDestCheck?: boolean;
}

export interface InternetGateway {
  readonly id: InternetGatewayId;
  readonly attachedVpcIds: readonly VpcId[];
  readonly tags?: Tags;
}

export type EndpointKind = 'interface' | 'gateway' | 'gatewayLoadBalancer' | 'resource' | 'serviceNetwork';

export type EndpointState =
  | 'pendingAcceptance'
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'rejected'
  | 'failed'
  | 'expired'
  | 'partial';

export interface EndpointDnsEntry {
  readonly name: string;
  readonly hostedZoneId: string | undefined;
}

/** Which addresses an endpoint's interfaces have. */
export type EndpointAddressType = 'ipv4' | 'ipv6' | 'dualstack';

export interface VpcEndpoint {
  readonly id: VpcEndpointId;
  readonly vpcId: VpcId;
  readonly ownerId: AccountId;
  readonly kind: EndpointKind;
  readonly serviceName: string;
  readonly state: EndpointState;
  readonly privateDnsEnabled: boolean;
  readonly subnetIds: readonly SubnetId[];
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  readonly routeTableIds: readonly RouteTableId[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly dnsEntries: readonly EndpointDnsEntry[];
  readonly policyDocument: string | undefined;
  /** What AWS says of a failed endpoint. */
  readonly failure: string | undefined;
  readonly createdAtMs: number;
  readonly tags: Tags;
  readonly ipAddressType?: EndpointAddressType | undefined;
  /** Where the service is, when AWS says so: another region for a cross-region endpoint. */
  readonly serviceRegion?: string | undefined;
  /** S3: private DNS answers only those who ask through an inbound resolver endpoint; the VPC goes on using its gateway endpoint. */
  readonly isPrivateDnsForInboundOnly?: boolean | undefined;
  /** What a resource or service network endpoint leads to, in place of a service. */
  readonly targetArn?: string | undefined;
}

export type InstanceState = 'pending' | 'running' | 'shuttingDown' | 'terminated' | 'stopping' | 'stopped';

export interface Instance {
  readonly id: InstanceId;
  readonly state: InstanceState;
  readonly vpcId: VpcId | undefined;
  readonly subnetId: SubnetId | undefined;
  readonly privateIpAddress: string | undefined;
  readonly publicIpAddress: string | undefined;
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileArn: string | undefined;
  readonly imageId: string;
  readonly instanceType: string;
  readonly launchedAtMs: number;
  readonly tags: Tags;
}

/** How Session Manager sees an instance; absent when it never registered. */
export type SessionManagerStatus = 'online' | 'connectionLost' | 'inactive';

/** A service that endpoints of this region can be made for. */
export interface EndpointServiceOffer {
  readonly serviceName: string;
  readonly kind: EndpointKind;
  /** `amazon`, or the provider's account. */
  readonly owner: string;
  readonly privateDnsName: string | undefined;
  readonly availabilityZones: readonly string[];
  readonly isPolicySupported: boolean;
  readonly isAcceptanceRequired: boolean;
  /** Where the service is, when AWS says so. */
  readonly region?: string | undefined;
  readonly ipAddressTypes?: readonly ('ipv4' | 'ipv6')[];
  /** The provider has not yet proved that the private DNS name is his; until then AWS refuses private DNS. */
  readonly isPrivateDnsUnverified?: boolean;
}

/** Where resources live: an account's part of one region. */
export interface Place {
  readonly accountId: AccountId;
  readonly region: Region;
}

/** What people call a resource: its Name tag, else its id. */
export function nameOrId({ id, tags }: { readonly id: string; readonly tags: Tags }): string {
  return nameTag(tags) ?? id;
}

/** The Name tag, when it says something. */
export function nameTag(tags: Tags): string | undefined {
  return tags.Name?.trim() || undefined;
}
