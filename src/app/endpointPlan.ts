/** The values that creating an interface endpoint is planned with. */
import type { SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../core/ids';
import type { EndpointAddressType, EndpointServiceOffer, SecurityGroup, Subnet, Vpc } from '../core/network';
import type { NetworkSnapshot } from '../core/snapshot';
import type { Scope } from './appModel';

/** What was read before the first question, for every step. */
export interface EndpointChoices {
  readonly region: string;
  readonly snapshot: NetworkSnapshot;
  /** The default VPC, or the one that was asked for, first. */
  readonly vpcs: readonly Vpc[];
  /** Services that take interface endpoints; AWS's own first, by name. */
  readonly services: readonly EndpointServiceOffer[];
  readonly vpcId: VpcId | undefined;
  /** The subnet of the instance that the endpoint is wanted for: chosen before others of its zone. */
  readonly subnetId: SubnetId | undefined;
  /** What the AWS CLI needs to reach the same place. */
  readonly place: Pick<Scope, 'region' | 'saved'>;
}

export interface CreateInterfaceEndpointRequest {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  readonly subnetIds: readonly SubnetId[];
  /** Undefined: make a group that admits 443 from the VPC. */
  readonly securityGroupIds: readonly SecurityGroupId[] | undefined;
  readonly privateDnsEnabled: boolean;
  readonly name: string | undefined;
  /** Undefined: as AWS chooses. */
  readonly ipAddressType?: EndpointAddressType | undefined;
  /** JSON of an IAM policy; undefined: full access. */
  readonly policyDocument?: string | undefined;
  /** The service is in another region. */
  readonly serviceRegion?: string | undefined;
  /** DNS attributes of the VPC that are off and are switched on first, because private DNS needs them. */
  readonly dnsAttributesToEnable?: readonly DnsAttribute[] | undefined;
}

/** The two attributes of a VPC that private DNS needs. */
export type DnsAttribute = 'enableDnsSupport' | 'enableDnsHostnames';

export interface SubnetChoice {
  readonly subnet: Subnet;
  readonly isChosen: boolean;
  /** The service is not offered in this zone. */
  readonly isZoneSupported: boolean;
}

export interface SecurityGroupChoice {
  readonly group: SecurityGroup;
  /** Undefined when its rules could not be judged. */
  readonly admitsHttpsFromVpc: boolean | undefined;
  readonly isChosen: boolean;
}

/** Why private DNS would be refused, or would not work. */
export type PrivateDnsObstacle =
  | { readonly kind: 'attributesOff'; readonly vpcId: VpcId; readonly attributes: readonly DnsAttribute[] }
  | { readonly kind: 'conflict'; readonly vpcId: VpcId; readonly endpointId: VpcEndpointId; readonly dnsName: string }
  | { readonly kind: 'notOffered'; readonly serviceName: string }
  | { readonly kind: 'notVerified'; readonly serviceName: string };

export interface PrivateDnsChoice {
  readonly isOnByDefault: boolean;
  readonly obstacle: PrivateDnsObstacle | undefined;
}

/** What the last step shows. */
export interface EndpointSummary {
  readonly request: CreateInterfaceEndpointRequest;
  readonly service: EndpointServiceOffer | undefined;
  readonly zones: readonly string[];
  /** Name of the group that will be made; undefined when existing ones are used. */
  readonly newSecurityGroupName: string | undefined;
  /** US dollars for each hour, at the price of us-east-1: never a promise. */
  readonly hourlyPriceUsd: number;
  /** The AWS CLI lines that do the same, quoted for a POSIX shell. */
  readonly commandLines: readonly string[];
  readonly privateDnsObstacle: PrivateDnsObstacle | undefined;
}

/** Why a set of subnets would be refused. */
export type SubnetProblem =
  | { readonly kind: 'none' }
  | { readonly kind: 'sameZone'; readonly availabilityZone: string }
  | { readonly kind: 'zoneNotSupported'; readonly availabilityZone: string };

/** What goes away with an endpoint. */
export interface EndpointLoss {
  readonly endpointId: VpcEndpointId;
  readonly name: string | undefined;
  readonly serviceName: string;
  readonly interfaces: readonly { readonly address: string; readonly availabilityZone: string | undefined }[];
  /** Names that lead to public addresses, or nowhere, afterwards. */
  readonly privateDnsNames: readonly string[];
}
