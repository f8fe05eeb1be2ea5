import type { InstanceId, SecurityGroupId, SubnetId } from '../ids';
import type { Instance, SessionManagerStatus, Tags } from '../network';
import type { CallOptions } from './calls';

export interface LaunchInstanceInput {
  readonly imageParameter: string;
  readonly instanceType: string;
  readonly subnetId: SubnetId;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileName: string | undefined;
  readonly tags: Tags;
  readonly clientToken: string;
}

export interface InstanceGateway {
  listInstances(options?: CallOptions): Promise<readonly Instance[]>;
  findInstance(id: InstanceId, options?: CallOptions): Promise<Instance | undefined>;
  /** Only instances that registered with Session Manager are in the answer. */
  listSessionManagerStatus(options?: CallOptions): Promise<ReadonlyMap<InstanceId, SessionManagerStatus>>;
  launchInstance(input: LaunchInstanceInput, options?: CallOptions): Promise<Instance>;
  terminateInstance(id: InstanceId, options?: CallOptions): Promise<void>;
}
