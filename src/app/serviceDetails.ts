import type { AllowedPrincipal, EndpointConnection } from '../core/endpointService';
import type { EndpointServiceConfiguration } from '../core/endpointServiceConfiguration';
import type { LabError } from '../core/errors';
import type {
  ListenerDescription,
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../core/loadBalancerDescription';

/** A target group behind a service, with how its targets do. */
export interface ServedTargetGroup {
  readonly group: TargetGroupDescription;
  readonly targets: readonly TargetDescription[];
}

/** A load balancer behind a service. */
export interface ServiceLoadBalancer {
  readonly arn: string;
  /** Undefined when it could not be read, or is gone. */
  readonly balancer: LoadBalancerDescription | undefined;
  readonly listeners: readonly ListenerDescription[];
  readonly targetGroups: readonly ServedTargetGroup[];
}

/** An endpoint service of one's own with what its node opens into. */
export interface ServiceDetails {
  readonly service: EndpointServiceConfiguration;
  /** Undefined when they could not be read. */
  readonly principals: readonly AllowedPrincipal[] | undefined;
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  /** Undefined when they could not be read. */
  readonly connections: readonly EndpointConnection[] | undefined;
  /** Why a part above is missing. */
  readonly problems: readonly LabError[];
}
