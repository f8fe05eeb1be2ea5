/** The values that launching an instance is planned with. */
import type { SecurityGroupId, SubnetId, VpcId } from '../core/ids';
import type { SecurityGroup, Subnet, Vpc } from '../core/network';
import type { InstanceProfile } from '../core/ports/roleGateway';
import type { WornProfile } from './operations/attachProfile';

/** What was read before the first question. */
export interface LaunchChoices {
  /** The default VPC first; those without a subnet are left out. */
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  /** Undefined when IAM may not be asked: a name can then be typed only. */
  readonly profiles: readonly InstanceProfile[] | undefined;
  /** Roles and groups that this extension makes take a name that is free. */
  readonly takenNames: ReadonlySet<string | undefined>;
}

export interface LaunchRequest {
  readonly vpcId: VpcId;
  readonly subnetId: SubnetId;
  readonly instanceType: string;
  /** Undefined: a group of its own, which admits nothing and lets everything out. */
  readonly securityGroupIds: readonly SecurityGroupId[] | undefined;
  readonly profile: WornProfile | undefined;
  readonly hasPublicAddress: boolean;
  readonly name: string | undefined;
  /** Whether the change lasts until Session Manager reaches the instance. */
  readonly waitsUntilOnline: boolean;
}
