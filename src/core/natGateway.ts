import type { AllocationId, NatGatewayId, NetworkInterfaceId, SubnetId, VpcId } from './ids';
import type { Tags } from './network';

/** An Elastic IP address of one account in one region. */
export interface ElasticAddress {
  readonly id: AllocationId;
  readonly publicIpAddress: string;
  /** `eipassoc-…`; undefined while it belongs to no interface. */
  readonly associationId: string | undefined;
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  readonly tags: Tags;
}

export type NatGatewayState = 'pending' | 'available' | 'failed' | 'deleting' | 'deleted';

export interface NatGateway {
  readonly id: NatGatewayId;
  readonly vpcId: VpcId;
  readonly subnetId: SubnetId;
  /** A private one has no public address and leads to other VPCs only. */
  readonly connectivity: 'public' | 'private';
  readonly state: NatGatewayState;
  /** Code and text of a failure, such as `Gateway.NotAttached`. */
  readonly failure: { readonly code: string; readonly message: string } | undefined;
  /** Undefined once it is deleted. */
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  readonly privateIpAddress: string;
  readonly allocationId: AllocationId | undefined;
  readonly publicIpAddress: string | undefined;
  readonly createdAtMs: number;
  readonly deletedAtMs: number | undefined;
  readonly tags: Tags;
}
