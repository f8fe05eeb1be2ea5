import type { NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId } from './ids';
import type { Tags } from './network';

/** A network load balancer's presence in one zone. */
export interface LoadBalancerNode {
  readonly subnetId: SubnetId;
  /** Name in the owner's account, such as `ap-south-1a`. */
  readonly availabilityZone: string;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly privateIpAddress: string;
  readonly publicIpAddress: string | undefined;
}

export interface NetworkLoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly vpcId: VpcId;
  readonly scheme: 'internal' | 'internet-facing';
  readonly state: 'provisioning' | 'active' | 'activeImpaired' | 'failed';
  readonly dnsName: string;
  readonly nodes: readonly LoadBalancerNode[];
  /** Given at creation or never. */
  readonly securityGroupIds: readonly SecurityGroupId[];
  /** Whether its groups judge what comes through PrivateLink, by the consumer's address. */
  readonly enforcesGroupsOnPrivateLink: boolean;
  /** By key, such as `load_balancing.cross_zone.enabled`; only what differs from the defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export type TargetHealth = 'unused' | 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unavailable';

export interface RegisteredTarget {
  /** An instance's id, or an address. */
  readonly id: string;
  readonly port: number;
  /** `all`, or a zone's name, where the caller gave one. */
  readonly availabilityZone: string | undefined;
  readonly health: TargetHealth;
  /** Such as `Elb.RegistrationInProgress` or `Target.FailedHealthChecks`; undefined when healthy. */
  readonly reason: string | undefined;
}

export interface HealthCheck {
  readonly protocol: 'TCP' | 'HTTP' | 'HTTPS';
  /** `traffic-port`, or a number as text. */
  readonly port: string;
  readonly path: string | undefined;
  readonly isEnabled: boolean;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Status codes that count as healthy, such as `200-399`; undefined for TCP. */
  readonly matcher: string | undefined;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP' | 'TLS' | 'HTTP' | 'HTTPS';
  readonly port: number;
  readonly vpcId: VpcId;
  readonly targetType: 'instance' | 'ip';
  readonly healthCheck: HealthCheck;
  readonly targets: readonly RegisteredTarget[];
  /** By key, such as `preserve_client_ip.enabled`; only what differs from the defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Tags;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP' | 'TLS';
  readonly port: number;
  readonly targetGroupArn: string;
  readonly tags: Tags;
}
