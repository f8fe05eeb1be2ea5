import type { InstanceConnectEndpointId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId } from './ids';
import type { Tags } from './network';

export type InstanceConnectEndpointState =
  | 'createInProgress'
  | 'createComplete'
  | 'createFailed'
  | 'deleteInProgress'
  | 'deleteComplete'
  | 'deleteFailed';

/** A way in for SSH and RDP without a public address ("EC2 Instance Connect Endpoint"). */
export interface InstanceConnectEndpoint {
  readonly id: InstanceConnectEndpointId;
  readonly vpcId: VpcId;
  readonly subnetId: SubnetId;
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  /** Their outbound rules count; inbound ones do not. */
  readonly securityGroupIds: readonly SecurityGroupId[];
  /** The instance sees the student's address instead of the endpoint's. */
  readonly preservesClientIp: boolean;
  readonly state: InstanceConnectEndpointState;
  readonly stateMessage: string;
  readonly dnsName: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}
