import type { AllocationId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId } from './ids';
import type { Tags } from './network';

/** A network load balancer's presence in one zone. */
export interface LoadBalancerNode {
  readonly subnetId: SubnetId;
  /** Name in the owner's account, such as `ap-south-1a`. */
  readonly availabilityZone: string;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly privateIpAddress: string;
  readonly publicIpAddress: string | undefined;
  /** Whether the caller chose the private address; DescribeLoadBalancers shows only chosen ones. */
  readonly isAddressChosen: boolean;
  /** The Elastic IP address behind the public one, where the caller gave one. */
  readonly allocationId: AllocationId | undefined;
}

export interface NetworkLoadBalancer {
  /** `arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/net/<name>/<16 hex digits>` */
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

/** How one load balancer node has found a target so far. */
export interface ProbeRun {
  /** Undefined until a threshold was reached for the first time. */
  readonly verdict: 'healthy' | 'unhealthy' | undefined;
  /** Probes in a row that speak against the verdict; failures while there is none. */
  readonly contraryCount: number;
}

export interface RegisteredTarget {
  /** An instance's id, or an address. */
  readonly id: string;
  readonly port: number;
  /** `all`, or a zone's name, where the caller gave one. */
  readonly availabilityZone: string | undefined;
  readonly health: TargetHealth;
  /** Such as `Elb.RegistrationInProgress` or `Target.FailedHealthChecks`; undefined when healthy. */
  readonly reason: string | undefined;
  /** The reason in AWS's words; undefined when healthy. */
  readonly description: string | undefined;
  /** Since when health and reason are what they are. */
  readonly sinceMs: number;
  /** By the interface id of the node that probes. */
  readonly probes: Readonly<Record<string, ProbeRun>>;
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
  /** `HTTP1`, `HTTP2` or `GRPC`; of HTTP groups only. */
  readonly protocolVersion: string | undefined;
  readonly healthCheck: HealthCheck;
  readonly targets: readonly RegisteredTarget[];
  /** By key, such as `preserve_client_ip.enabled`; only what differs from the defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Tags;
}

export interface Listener {
  /** `…:listener/net/<name>/<load balancer>/<16 hex digits>` */
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: 'TCP' | 'UDP' | 'TCP_UDP';
  readonly port: number;
  readonly targetGroupArn: string;
  /** By key, such as `tcp.idle_timeout.seconds`; only what differs from the defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Tags;
}
