import type { AllowedPrincipal, EndpointConnection } from '../endpointService';
import type { EndpointServiceConfiguration } from '../endpointServiceConfiguration';
import type { LabError } from '../errors';
import type { EndpointServiceId, Region, VpcEndpointId } from '../ids';
import type { Tags } from '../network';
import type { CallOptions } from './calls';

export interface CreateEndpointServiceInput {
  readonly networkLoadBalancerArns: readonly string[];
  readonly isAcceptanceRequired: boolean;
  readonly privateDnsName?: string | undefined;
  readonly supportedRegions?: readonly Region[];
  readonly tags: Tags;
  /** The same token never creates twice. */
  readonly clientToken: string;
}

/** What is named is changed, and nothing else. */
export interface EndpointServiceChange {
  readonly isAcceptanceRequired?: boolean;
  readonly addNetworkLoadBalancerArns?: readonly string[];
  readonly removeNetworkLoadBalancerArns?: readonly string[];
  /** A new name, which is to be proved anew; `none` takes the name away. */
  readonly privateDnsName?: { readonly name: string } | 'none';
  readonly addSupportedRegions?: readonly Region[];
  readonly removeSupportedRegions?: readonly Region[];
}

export interface PrincipalChange {
  /** ARNs or `*`. */
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** The provider's side of PrivateLink. */
export interface EndpointServiceGateway {
  listOwnServices(options?: CallOptions): Promise<readonly EndpointServiceConfiguration[]>;
  /** Undefined when AWS does not know the id (any more). */
  findOwnService(id: EndpointServiceId, options?: CallOptions): Promise<EndpointServiceConfiguration | undefined>;
  createService(input: CreateEndpointServiceInput, options?: CallOptions): Promise<EndpointServiceConfiguration>;
  modifyService(id: EndpointServiceId, change: EndpointServiceChange, options?: CallOptions): Promise<void>;
  /** Rejects when AWS answers 200 with an `Unsuccessful` entry: `serviceHasConnections` while endpoints use it. */
  deleteService(id: EndpointServiceId, options?: CallOptions): Promise<void>;
  listAllowedPrincipals(id: EndpointServiceId, options?: CallOptions): Promise<readonly AllowedPrincipal[]>;
  modifyAllowedPrincipals(id: EndpointServiceId, change: PrincipalChange, options?: CallOptions): Promise<void>;
  /** Of all services. Those that were rejected or deleted stay for a while. */
  listConnections(options?: CallOptions): Promise<readonly EndpointConnection[]>;
  /** Resolves with those that AWS did not accept, and why. */
  acceptConnections(
    id: EndpointServiceId,
    endpointIds: readonly VpcEndpointId[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<VpcEndpointId, LabError>>;
  /** Resolves with those that AWS did not reject, and why. An endpoint that is in use may be rejected too. */
  rejectConnections(
    id: EndpointServiceId,
    endpointIds: readonly VpcEndpointId[],
    options?: CallOptions,
  ): Promise<ReadonlyMap<VpcEndpointId, LabError>>;
  /** Lets AWS look for the TXT record; the state of the name tells what it finds, within ten minutes. */
  startPrivateDnsVerification(id: EndpointServiceId, options?: CallOptions): Promise<void>;
}
