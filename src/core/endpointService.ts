import type { AccountId, EndpointServiceId, Region, VpcEndpointId } from './ids';
import type { EndpointState, Place, Tags } from './network';

/** Who may make endpoints for a service: an ARN, or `*`. */
export interface AllowedPrincipal {
  readonly principal: string;
  readonly kind: 'all' | 'service' | 'organizationUnit' | 'account' | 'user' | 'role';
  /** `vpce-svc-perm-…` */
  readonly permissionId: string;
}

/** The private DNS name of a service and how far its owner has proved that the domain is his. */
export interface ServicePrivateDnsName {
  readonly name: string;
  readonly state: 'pendingVerification' | 'verified' | 'failed';
  /** The TXT record that proves it: `_1d367jvbg34znqvyefrj` under the domain, `vpce:…`. */
  readonly recordName: string;
  readonly recordValue: string;
  /** Whether the record can be found in the public DNS. */
  readonly isRecordPublished: boolean;
}

/** An endpoint service of somebody's own, as its provider sees it. */
export interface EndpointService {
  readonly id: EndpointServiceId;
  readonly place: Place;
  /** `com.amazonaws.vpce.<region>.<id>` */
  readonly serviceName: string;
  readonly state: 'pending' | 'available' | 'deleting' | 'deleted' | 'failed';
  readonly isAcceptanceRequired: boolean;
  readonly loadBalancerArns: readonly string[];
  readonly gatewayLoadBalancerArns: readonly string[];
  readonly privateDnsName: ServicePrivateDnsName | undefined;
  readonly allowedPrincipals: readonly AllowedPrincipal[];
  /** Besides its own: regions whose endpoints may connect. */
  readonly supportedRegions: readonly Region[];
  readonly ipAddressTypes: readonly ('ipv4' | 'ipv6')[];
  readonly createdAtMs: number;
  readonly tags: Tags;
}

/** An endpoint as the provider of its service sees it; it stays a while after the endpoint is gone. */
export interface EndpointConnection {
  /** `vpce-con-…` */
  readonly id: string;
  readonly endpointId: VpcEndpointId;
  readonly serviceId: EndpointServiceId;
  readonly ownerId: AccountId;
  readonly endpointRegion: Region;
  readonly state: EndpointState;
  readonly createdAtMs: number;
  readonly tags: Tags;
}
