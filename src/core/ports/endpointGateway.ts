import type { LabError } from '../errors';
import type { RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../ids';
import type { EndpointAddressType, EndpointServiceOffer, Tags, VpcEndpoint } from '../network';
import type { CallOptions, ListOptions } from './calls';

/** What every kind of endpoint is made with. */
interface CreateEndpointInput {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  /** JSON of an IAM policy; absent: full access. */
  readonly policyDocument?: string | undefined;
  readonly tags: Tags;
  /** At most 64 ASCII characters. The same token never creates twice. */
  readonly clientToken: string;
}

export interface CreateInterfaceEndpointInput extends CreateEndpointInput {
  readonly subnetIds: readonly SubnetId[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly privateDnsEnabled: boolean;
  /** AWS's own choice when absent. */
  readonly ipAddressType?: EndpointAddressType | undefined;
  /** A service of another region. */
  readonly serviceRegion?: string | undefined;
  /** Only S3 knows it, and takes it as true when absent; then it wants a gateway endpoint in the VPC. */
  readonly isPrivateDnsForInboundOnly?: boolean | undefined;
}

export interface CreateGatewayEndpointInput extends CreateEndpointInput {
  readonly routeTableIds: readonly RouteTableId[];
}

/** What is named is changed, and nothing else. */
export interface EndpointChange {
  readonly addSubnetIds?: readonly SubnetId[];
  readonly removeSubnetIds?: readonly SubnetId[];
  readonly addSecurityGroupIds?: readonly SecurityGroupId[];
  readonly removeSecurityGroupIds?: readonly SecurityGroupId[];
  readonly addRouteTableIds?: readonly RouteTableId[];
  readonly removeRouteTableIds?: readonly RouteTableId[];
  readonly privateDnsEnabled?: boolean;
  readonly isPrivateDnsForInboundOnly?: boolean;
  readonly ipAddressType?: EndpointAddressType;
  /** JSON of an IAM policy, or full access again. */
  readonly policy?: { readonly document: string } | 'fullAccess';
}

export interface EndpointGateway {
  listEndpoints(options?: ListOptions<VpcEndpoint>): Promise<readonly VpcEndpoint[]>;
  /** Undefined when AWS does not know the id (any more). */
  findEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<VpcEndpoint | undefined>;
  listServices(options?: CallOptions): Promise<readonly EndpointServiceOffer[]>;
  /**
   * A service by its name, once for each kind of endpoint that it takes. Empty when it does not exist, or its owner has not allowed this
   * account: AWS does not tell these apart. `region` for a service of another region.
   */
  findService(serviceName: string, region?: string, options?: CallOptions): Promise<readonly EndpointServiceOffer[]>;
  createInterfaceEndpoint(input: CreateInterfaceEndpointInput, options?: CallOptions): Promise<VpcEndpoint>;
  createGatewayEndpoint(input: CreateGatewayEndpointInput, options?: CallOptions): Promise<VpcEndpoint>;
  modifyEndpoint(id: VpcEndpointId, change: EndpointChange, options?: CallOptions): Promise<void>;
  /** Rejects with `endpointNotDeleted` when AWS answers 200 with an `Unsuccessful` entry. */
  deleteEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<void>;
  /** Several at once, in one request. Resolves with those that AWS did not delete, and why. */
  deleteEndpoints(ids: readonly VpcEndpointId[], options?: CallOptions): Promise<ReadonlyMap<VpcEndpointId, LabError>>;
  modifyPrivateDns(id: VpcEndpointId, isEnabled: boolean, options?: CallOptions): Promise<void>;
}
