import type { DhcpOptionsId, SubnetId, VpcId } from '../ids';
import type { DhcpOptions, Subnet, Tags, Vpc } from '../network';
import type { CallOptions } from './calls';

export interface CreateSubnetInput {
  readonly vpcId: VpcId;
  readonly cidrBlock: string;
  /** `ap-south-1a`; undefined lets AWS choose. */
  readonly availabilityZone: string | undefined;
  readonly tags: Tags;
}

export interface CreateDhcpOptionsInput {
  readonly domainName: string | undefined;
  /** Addresses, or `AmazonProvidedDNS`; empty for none. */
  readonly domainNameServers: readonly string[];
  readonly tags: Tags;
}

/** VPCs, their subnets and what their instances learn by DHCP. */
export interface VpcGateway {
  createVpc(input: { readonly cidrBlock: string; readonly tags: Tags }, options?: CallOptions): Promise<Vpc>;
  deleteVpc(id: VpcId, options?: CallOptions): Promise<void>;
  /** Names of the region's zones, such as `ap-south-1a`. */
  listAvailabilityZones(options?: CallOptions): Promise<readonly string[]>;
  createSubnet(input: CreateSubnetInput, options?: CallOptions): Promise<Subnet>;
  deleteSubnet(id: SubnetId, options?: CallOptions): Promise<void>;
  createDhcpOptions(input: CreateDhcpOptionsInput, options?: CallOptions): Promise<DhcpOptions>;
  /** `default` stands for no set: AWS's own servers then answer. */
  associateDhcpOptions(vpcId: VpcId, id: DhcpOptionsId | 'default', options?: CallOptions): Promise<void>;
  deleteDhcpOptions(id: DhcpOptionsId, options?: CallOptions): Promise<void>;
}
