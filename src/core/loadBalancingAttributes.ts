import type { Listener, NetworkLoadBalancer, TargetGroup } from './loadBalancing';

type Attributes = Readonly<Record<string, string>>;

/** Of a network load balancer ("Elastic Load Balancing API: LoadBalancerAttribute"). */
const loadBalancerDefaults: Attributes = {
  'deletion_protection.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'false',
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'dns_record.client_routing_policy': 'any_availability_zone',
  'ipv6.deny_all_igw_traffic': 'false',
  'zonal_shift.config.enabled': 'false',
  'secondary_ips.auto_assigned.per_subnet': '0',
};

/** Of every target group ("Elastic Load Balancing API: TargetGroupAttribute"). */
const commonGroupDefaults: Attributes = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
};

const networkGroupDefaults: Attributes = {
  'stickiness.type': 'source_ip',
  'deregistration_delay.connection_termination.enabled': 'false',
  'proxy_protocol_v2.enabled': 'false',
  'target_health_state.unhealthy.connection_termination.enabled': 'true',
  'target_health_state.unhealthy.draining_interval_seconds': '0',
};

const applicationGroupDefaults: Attributes = {
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.app_cookie.duration_seconds': '86400',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
};

const listenerDefaults: Attributes = { 'tcp.idle_timeout.seconds': '350' };

/** Whether a target group speaks of connections, not of requests: only such groups stand behind a network load balancer. */
export function isNetworkGroup({ protocol }: Pick<TargetGroup, 'protocol'>): boolean {
  return protocol !== 'HTTP' && protocol !== 'HTTPS';
}

/** All attributes of a load balancer, with their defaults. */
export function loadBalancerAttributes({ attributes }: NetworkLoadBalancer): Attributes {
  return { ...loadBalancerDefaults, ...attributes };
}

/**
 * All attributes of a target group, with their defaults. The client's address is kept for instances, and for UDP; for addresses behind TCP it
 * is not ("Network Load Balancers: Client IP preservation").
 */
export function targetGroupAttributes(group: TargetGroup): Attributes {
  if (!isNetworkGroup(group)) return { ...commonGroupDefaults, ...applicationGroupDefaults, ...group.attributes };
  const keepsClient = group.targetType === 'instance' || group.protocol === 'UDP' || group.protocol === 'TCP_UDP';
  return {
    ...commonGroupDefaults,
    ...networkGroupDefaults,
    'preserve_client_ip.enabled': String(keepsClient),
    ...group.attributes,
  };
}

/** All attributes of a listener, with their defaults; only TCP has any. */
export function listenerAttributes({ protocol, attributes }: Listener): Attributes {
  return protocol === 'UDP' ? attributes : { ...listenerDefaults, ...attributes };
}

/** Whether nodes send to targets in other zones: as the target group says, else as the load balancer does. */
export function isCrossZone(loadBalancer: NetworkLoadBalancer, group: TargetGroup): boolean {
  const own = targetGroupAttributes(group)['load_balancing.cross_zone.enabled'];
  const said = own === 'use_load_balancer_configuration' ? undefined : own;
  return (said ?? loadBalancerAttributes(loadBalancer)['load_balancing.cross_zone.enabled']) === 'true';
}
