/** The narrowest shapes that commands need of a node; nodes of the trees have them, and so can a caller. */
import type { Scope } from '../../app/appModel';
import type { PeeringDetails } from '../../app/peering/peeringDetails';
import type { PendingRequest } from '../../app/requests/pendingRequests';
import type { ResourceReference } from '../../app/resourceAddresses';
import type { ServiceLoadBalancer } from '../../app/serviceDetails';
import type { LeftSession } from '../../app/sessions/sessionLedger';
import type { AllowedPrincipal } from '../../core/endpointService';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import type { VpcId } from '../../core/ids';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Instance, SecurityGroup, SecurityGroupRule, Tags, VpcEndpoint } from '../../core/network';

export interface ScopeTarget {
  readonly scope: Scope;
}

/** A VPC of a scope, or the scope alone: then the command asks which. */
export interface VpcTarget extends ScopeTarget {
  readonly vpcId?: VpcId;
}

export interface EndpointTarget {
  readonly scope: Scope;
  readonly endpoint: VpcEndpoint;
}

export interface InstanceConnectTarget {
  readonly scope: Scope;
  readonly instanceConnect: InstanceConnectEndpoint;
}

/** Anything that EC2 keeps tags of. */
export interface TaggedTarget {
  readonly scope: Scope;
  readonly tagged: { readonly id: string; readonly tags: Tags };
}

/** An endpoint service of one's own. */
export interface ServiceTarget {
  readonly scope: Scope;
  readonly service: EndpointServiceConfiguration;
}

export interface PrincipalTarget extends ServiceTarget {
  readonly principal: AllowedPrincipal;
}

/** A load balancer with what stands behind it. */
export interface LoadBalancerTarget {
  readonly scope: Scope;
  readonly loadBalancer: ServiceLoadBalancer;
}

/** Somebody's request for a service or a VPC, answered or not. */
export interface RequestTarget {
  readonly scope: Scope;
  readonly request: PendingRequest;
}

export interface InstanceTarget {
  readonly scope: Scope;
  readonly instance: Instance;
}

export interface SecurityGroupTarget {
  readonly scope: Scope;
  readonly group: SecurityGroup;
}

export interface SecurityGroupRuleTarget extends SecurityGroupTarget {
  readonly rule: SecurityGroupRule;
}

export interface PeeringTarget {
  readonly scope: Scope;
  readonly peering: PeeringDetails;
}

/** A session that should have ended and has not. */
export interface LeftSessionTarget {
  readonly scope: Scope;
  readonly session: LeftSession;
}

/** A node that says what failed. */
export interface FailureTarget {
  retry(): Promise<unknown>;
}

export interface ValueTarget {
  /** What the copy button puts on the clipboard. */
  readonly copyText: string;
}

/** A view as commands know it, by its id. */
export interface ViewTarget {
  readonly viewId: string;
}

/** A node that stands behind a portion of a list. */
export interface MoreTarget {
  showMore(): void;
}

/** Anything that has a page, an ARN and a document of its own. */
export interface ResourceTarget {
  readonly scope: Scope;
  readonly resource: ResourceReference;
}

/** A document, as an editor's title hands it to its commands. */
export interface DocumentTarget {
  readonly scheme: string;
  readonly path: string;
}

/** A scope, or a line that says why it is not signed in. */
export interface SignInTarget {
  readonly scope?: Scope | undefined;
  retry?(): Promise<unknown>;
}
