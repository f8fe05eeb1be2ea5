import type { InstanceId, SecurityGroupId, SubnetId } from '../ids';
import type { Instance, SessionManagerStatus, Tags } from '../network';
import type { CallOptions } from './calls';

export interface LaunchInstanceInput {
  readonly imageParameter: string;
  readonly instanceType: string;
  readonly subnetId: SubnetId;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileName: string | undefined;
  /** Undefined: as the subnet does by itself. */
  readonly hasPublicAddress?: boolean;
  readonly tags: Tags;
  readonly clientToken: string;
}

export interface InstanceGateway {
  listInstances(options?: CallOptions): Promise<readonly Instance[]>;
  findInstance(id: InstanceId, options?: CallOptions): Promise<Instance | undefined>;
  /** Only instances that registered with Session Manager are in the answer. */
  listSessionManagerStatus(options?: CallOptions): Promise<ReadonlyMap<InstanceId, SessionManagerStatus>>;
  launchInstance(input: LaunchInstanceInput, options?: CallOptions): Promise<Instance>;
  /** Waits for a profile that was made seconds ago. AWS refuses a second one with `IncorrectState`. */
  attachProfile(id: InstanceId, instanceProfileName: string, options?: CallOptions): Promise<void>;
  startInstance(id: InstanceId, options?: CallOptions): Promise<void>;
  stopInstance(id: InstanceId, options?: CallOptions): Promise<void>;
  terminateInstance(id: InstanceId, options?: CallOptions): Promise<void>;
}
