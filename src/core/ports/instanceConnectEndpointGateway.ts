import type { InstanceConnectEndpointId, SecurityGroupId, SubnetId } from '../ids';
import type { InstanceConnectEndpoint } from '../instanceConnectEndpoint';
import type { Tags } from '../network';
import type { CallOptions } from './calls';

export interface CreateInstanceConnectEndpointInput {
  readonly subnetId: SubnetId;
  /** Empty: the VPC's default group. */
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly preservesClientIp: boolean;
  readonly tags: Tags;
  readonly clientToken: string;
}

/** EC2 Instance Connect Endpoints. */
export interface InstanceConnectEndpointGateway {
  listInstanceConnectEndpoints(options?: CallOptions): Promise<readonly InstanceConnectEndpoint[]>;
  /** Resolves while it is `createInProgress`. */
  createInstanceConnectEndpoint(
    input: CreateInstanceConnectEndpointInput,
    options?: CallOptions,
  ): Promise<InstanceConnectEndpoint>;
  /** Resolves while it is `deleteInProgress`. */
  deleteInstanceConnectEndpoint(id: InstanceConnectEndpointId, options?: CallOptions): Promise<void>;
}
