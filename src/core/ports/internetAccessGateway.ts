import type { AllocationId, InternetGatewayId, NatGatewayId, SubnetId, VpcId } from '../ids';
import type { ElasticAddress, NatGateway } from '../natGateway';
import type { InternetGateway, Tags } from '../network';
import type { CallOptions } from './calls';

export interface CreateNatGatewayInput {
  readonly subnetId: SubnetId;
  readonly allocationId: AllocationId;
  readonly tags: Tags;
  readonly clientToken: string;
}

/** Internet gateways, NAT gateways and the public addresses that they need. */
export interface InternetAccessGateway {
  createInternetGateway(tags: Tags, options?: CallOptions): Promise<InternetGateway>;
  attachInternetGateway(id: InternetGatewayId, vpcId: VpcId, options?: CallOptions): Promise<void>;
  detachInternetGateway(id: InternetGatewayId, vpcId: VpcId, options?: CallOptions): Promise<void>;
  deleteInternetGateway(id: InternetGatewayId, options?: CallOptions): Promise<void>;
  allocateAddress(
    tags: Tags,
    options?: CallOptions,
  ): Promise<{ readonly id: AllocationId; readonly publicIpAddress: string }>;
  /** The Elastic IP addresses of the account in the region, in use or not. */
  listAddresses(options?: CallOptions): Promise<readonly ElasticAddress[]>;
  releaseAddress(id: AllocationId, options?: CallOptions): Promise<void>;
  createNatGateway(input: CreateNatGatewayInput, options?: CallOptions): Promise<NatGateway>;
  /** Waits until it is neither pending nor being deleted. Rejects with `natGatewayFailed` when AWS could not make it. */
  settledNatGateway(id: NatGatewayId, options?: CallOptions): Promise<NatGateway | undefined>;
  deleteNatGateway(id: NatGatewayId, options?: CallOptions): Promise<void>;
}
