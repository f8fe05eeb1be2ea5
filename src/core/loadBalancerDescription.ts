import type { SubnetId } from './ids';
import type { Listener, NetworkLoadBalancer, RegisteredTarget, TargetGroup } from './loadBalancing';

export interface LoadBalancerZone {
  readonly availabilityZone: string;
  readonly subnetId: SubnetId;
}

/** What AWS tells of a load balancer: of every kind, and without the interfaces of its nodes. */
export interface LoadBalancerDescription
  extends Pick<
    NetworkLoadBalancer,
    'arn' | 'name' | 'vpcId' | 'scheme' | 'state' | 'dnsName' | 'securityGroupIds' | 'createdAtMs'
  > {
  readonly kind: 'network' | 'application' | 'gateway';
  readonly zones: readonly LoadBalancerZone[];
}

/** What AWS tells of a target group; its targets are another call. */
export interface TargetGroupDescription extends Pick<TargetGroup, 'arn' | 'name' | 'port' | 'vpcId' | 'healthCheck'> {
  readonly protocol: string;
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly loadBalancerArns: readonly string[];
}

/** A target and how the load balancer finds it. */
export type TargetDescription = Pick<
  RegisteredTarget,
  'id' | 'port' | 'availabilityZone' | 'health' | 'reason' | 'description'
>;

/** A listener and where it sends by default. */
export interface ListenerDescription extends Pick<Listener, 'arn' | 'loadBalancerArn' | 'port'> {
  readonly protocol: string;
  /** Undefined when it does something else than forward. */
  readonly targetGroupArn: string | undefined;
}
