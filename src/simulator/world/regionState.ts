import type { Emitter } from '../../base/event';
import type { EndpointService } from '../../core/endpointService';
import type {
  AllocationId,
  DhcpOptionsId,
  EndpointServiceId,
  InstanceConnectEndpointId,
  InstanceId,
  InternetGatewayId,
  NatGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from '../../core/ids';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Listener, NetworkLoadBalancer, TargetGroup } from '../../core/loadBalancing';
import type { ElasticAddress, NatGateway } from '../../core/natGateway';
import type {
  DhcpOptions,
  Instance,
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  Place,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Tags,
  Vpc,
  VpcDnsAttributes,
  VpcEndpoint,
} from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import type { InstanceDetails } from './instanceDetails';

/**
 * One account's resources in one region: core's values in tables by id. Values are replaced, never changed in place, so that whoever
 * holds one holds a moment. The control plane writes; the data plane reads at every hop, so each packet meets the world as it is.
 */
export interface RegionState {
  readonly place: Place;
  readonly vpcs: Map<VpcId, Vpc>;
  readonly dnsAttributes: Map<VpcId, VpcDnsAttributes>;
  readonly dhcpOptions: Map<DhcpOptionsId, DhcpOptions>;
  readonly subnets: Map<SubnetId, Subnet>;
  readonly routeTables: Map<RouteTableId, RouteTable>;
  readonly prefixLists: Map<PrefixListId, PrefixList>;
  readonly internetGateways: Map<InternetGatewayId, InternetGateway>;
  readonly natGateways: Map<NatGatewayId, NatGateway>;
  readonly elasticAddresses: Map<AllocationId, ElasticAddress>;
  readonly securityGroups: Map<SecurityGroupId, SecurityGroup>;
  readonly networkAcls: Map<NetworkAclId, NetworkAcl>;
  readonly networkInterfaces: Map<NetworkInterfaceId, NetworkInterface>;
  readonly endpoints: Map<VpcEndpointId, VpcEndpoint>;
  readonly endpointServices: Map<EndpointServiceId, EndpointService>;
  /** By ARN, as target groups and listeners are. */
  readonly loadBalancers: Map<string, NetworkLoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, Listener>;
  readonly instanceConnectEndpoints: Map<InstanceConnectEndpointId, InstanceConnectEndpoint>;
  readonly instances: Map<InstanceId, Instance>;
  readonly instanceDetails: Map<InstanceId, InstanceDetails>;
  /** Tags of resources that are no values of core's. */
  readonly otherTags: Map<string, Tags>;
}

/** What the data plane must do something about. */
export type WorldChange =
  | { readonly kind: 'instanceRunning'; readonly place: Place; readonly instanceId: InstanceId }
  | { readonly kind: 'instanceGone'; readonly place: Place; readonly instanceId: InstanceId };

/** Temporary keys of an instance's role, as IMDS hands them out. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
  readonly roleName: string;
}

/** The world as the data plane sees it. */
export interface WorldView {
  readonly regions: Iterable<RegionState>;
  region(place: Place): RegionState;
  /** Grows with every change: what was worked out from the world holds while this stays. */
  readonly version: number;
  /** Of all accounts and regions: each belongs to two. */
  readonly peeringConnections: ReadonlyMap<PeeringConnectionId, PeeringConnection>;
  readonly onDidChange: Emitter<WorldChange>['event'];
  /** After each change of any resource. */
  readonly onDidSettle: Emitter<void>['event'];
  /** Undefined without a profile, a role in it, or a trust policy that admits EC2. */
  roleCredentials(place: Place, instanceId: InstanceId): RoleCredentials | undefined;
  /** Addresses of the public DNS: service names, and public host names of instances. Undefined: no such name. */
  publicAddresses(name: string): readonly string[] | undefined;
  /** TXT records of the public DNS under a name. */
  publishedTexts(name: string): readonly string[];
  /** The service whose public name or address this is, such as `ec2` in `ap-south-1`. */
  serviceAt(address: string): { readonly service: string; readonly region: string } | undefined;
  /** Names that private DNS of an endpoint for this service takes over. */
  privateNamesOf(serviceName: string): readonly string[];
}
