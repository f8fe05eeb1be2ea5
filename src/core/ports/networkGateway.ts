import type { SecurityGroupId, VpcId } from '../ids';
import type { NetworkInterface, Tags } from '../network';
import type { NetworkSnapshot } from '../snapshot';
import type { CallOptions } from './calls';

/** The parts of a snapshot that a reader needs; what is not asked for is a gap `notRead`. */
export type SnapshotPart = Exclude<keyof NetworkSnapshot, 'place' | 'takenAtMs'>;

export interface SecurityGroupIngress {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string;
}

export interface CreateSecurityGroupInput {
  readonly vpcId: VpcId;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
}

export interface NetworkGateway {
  /** Never rejects for a part that could not be read: that part becomes a gap. Rejects when signing in fails altogether, or the cloud is gone. */
  readSnapshot(parts: readonly SnapshotPart[], options?: CallOptions): Promise<NetworkSnapshot>;
  /** The interfaces that have a private address: one in each VPC with this range. */
  findInterfacesAt(privateAddress: string, options?: CallOptions): Promise<readonly NetworkInterface[]>;
  createSecurityGroup(input: CreateSecurityGroupInput, options?: CallOptions): Promise<SecurityGroupId>;
  authorizeIngress(groupId: SecurityGroupId, rule: SecurityGroupIngress, options?: CallOptions): Promise<void>;
  deleteSecurityGroup(groupId: SecurityGroupId, options?: CallOptions): Promise<void>;
  setVpcDnsAttribute(
    vpcId: VpcId,
    attribute: 'enableDnsSupport' | 'enableDnsHostnames',
    isEnabled: boolean,
    options?: CallOptions,
  ): Promise<void>;
}
