import type { InstanceId, SecurityGroupId, SubnetId, VpcId } from '../ids';
import type {
  ListenerDescription,
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../loadBalancerDescription';
import type { Tags } from '../network';
import type { CallOptions } from './calls';

export interface CreateNetworkLoadBalancerInput {
  /** At most 32 letters, digits and inner dashes; not beginning with `internal-`. */
  readonly name: string;
  readonly scheme: 'internal' | 'internet-facing';
  readonly subnetIds: readonly SubnetId[];
  /** Now or never; empty: none, and every address is let through. */
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly tags: Tags;
}

export interface CreateTargetGroupInput {
  /** As a load balancer's name. */
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP';
  readonly port: number;
  readonly vpcId: VpcId;
  readonly targetType: 'instance' | 'ip';
  readonly tags: Tags;
}

export interface CreateListenerInput {
  readonly loadBalancerArn: string;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP';
  readonly port: number;
  readonly targetGroupArn: string;
  readonly tags: Tags;
}

/** A target without a port gets its group's. */
export interface TargetInput {
  readonly id: InstanceId | string;
  readonly port?: number;
}

/** Elastic Load Balancing. It has no client tokens, but names are unique: the same name and settings answer with what is there. */
export interface LoadBalancerGateway {
  /** Of every kind. */
  listLoadBalancers(options?: CallOptions): Promise<readonly LoadBalancerDescription[]>;
  /** Undefined when it does not exist (any more). */
  findLoadBalancer(arn: string, options?: CallOptions): Promise<LoadBalancerDescription | undefined>;
  /** By key, such as `load_balancing.cross_zone.enabled`. */
  readLoadBalancerAttributes(arn: string, options?: CallOptions): Promise<Readonly<Record<string, string>>>;
  setLoadBalancerAttributes(
    arn: string,
    attributes: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<void>;
  listTargetGroups(options?: CallOptions): Promise<readonly TargetGroupDescription[]>;
  listTargets(targetGroupArn: string, options?: CallOptions): Promise<readonly TargetDescription[]>;
  listListeners(loadBalancerArn: string, options?: CallOptions): Promise<readonly ListenerDescription[]>;
  /** Resolves while it is `provisioning`, which takes a minute or more. */
  createLoadBalancer(input: CreateNetworkLoadBalancerInput, options?: CallOptions): Promise<LoadBalancerDescription>;
  createTargetGroup(input: CreateTargetGroupInput, options?: CallOptions): Promise<TargetGroupDescription>;
  createListener(input: CreateListenerInput, options?: CallOptions): Promise<ListenerDescription>;
  registerTargets(targetGroupArn: string, targets: readonly TargetInput[], options?: CallOptions): Promise<void>;
  deregisterTargets(targetGroupArn: string, targets: readonly TargetInput[], options?: CallOptions): Promise<void>;
  /** Takes its listeners with it. Rejects with `loadBalancerInUse` while it stands behind an endpoint service. */
  deleteLoadBalancer(arn: string, options?: CallOptions): Promise<void>;
  deleteListener(arn: string, options?: CallOptions): Promise<void>;
  deleteTargetGroup(arn: string, options?: CallOptions): Promise<void>;
}
