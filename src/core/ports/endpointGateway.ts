import type { SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../ids';
import type { EndpointServiceOffer, Tags, VpcEndpoint } from '../network';
import type { CallOptions } from './calls';

export interface CreateInterfaceEndpointInput {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  readonly subnetIds: readonly SubnetId[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly privateDnsEnabled: boolean;
  readonly tags: Tags;
  /** At most 64 ASCII characters. The same token never creates twice. */
  readonly clientToken: string;
}

export interface EndpointGateway {
  listEndpoints(options?: CallOptions): Promise<readonly VpcEndpoint[]>;
  /** Undefined when AWS does not know the id (any more). */
  findEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<VpcEndpoint | undefined>;
  listServices(options?: CallOptions): Promise<readonly EndpointServiceOffer[]>;
  createInterfaceEndpoint(input: CreateInterfaceEndpointInput, options?: CallOptions): Promise<VpcEndpoint>;
  /** Rejects with `endpointNotDeleted` when AWS answers 200 with an `Unsuccessful` entry. */
  deleteEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<void>;
  modifyPrivateDns(id: VpcEndpointId, isEnabled: boolean, options?: CallOptions): Promise<void>;
}
