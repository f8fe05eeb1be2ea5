import type * as Wire from '@aws-sdk/client-elastic-load-balancing-v2';
import { securityGroupId, subnetId, vpcId } from '../../core/ids';
import type {
  ListenerDescription,
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../../core/loadBalancerDescription';
import type { HealthCheck, TargetHealth } from '../../core/loadBalancing';
import { idList, narrowed, required, requiredText } from './fields';

const targetStates: readonly TargetHealth[] = ['unused', 'initial', 'healthy', 'unhealthy', 'draining', 'unavailable'];

export function mapLoadBalancer(wire: Wire.LoadBalancer): LoadBalancerDescription {
  return {
    arn: requiredText('LoadBalancerArn', wire.LoadBalancerArn),
    name: requiredText('LoadBalancerName', wire.LoadBalancerName),
    kind: narrowed(wire.Type, ['network', 'application', 'gateway'], 'network'),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    // A gateway load balancer has no scheme, and nobody reaches it from the internet.
    scheme: wire.Scheme === 'internet-facing' ? 'internet-facing' : 'internal',
    state: narrowed(wire.State?.Code, ['provisioning', 'active', 'activeImpaired', 'failed'], 'active'),
    dnsName: wire.DNSName ?? '',
    securityGroupIds: idList('SecurityGroups', wire.SecurityGroups, securityGroupId),
    zones: (wire.AvailabilityZones ?? []).map(zone => ({
      availabilityZone: zone.ZoneName ?? '',
      subnetId: required('SubnetId', zone.SubnetId, subnetId),
    })),
    createdAtMs: wire.CreatedTime?.getTime() ?? 0,
  };
}

/** Groups of Lambda functions have neither VPC nor port, and are of no use here: undefined. */
export function mapTargetGroup(wire: Wire.TargetGroup): TargetGroupDescription | undefined {
  if (wire.VpcId === undefined || wire.Port === undefined) return undefined;
  return {
    arn: requiredText('TargetGroupArn', wire.TargetGroupArn),
    name: requiredText('TargetGroupName', wire.TargetGroupName),
    protocol: wire.Protocol ?? '',
    port: wire.Port,
    vpcId: required('VpcId', wire.VpcId, vpcId),
    targetType: narrowed(wire.TargetType, ['instance', 'ip', 'lambda', 'alb'], 'instance'),
    healthCheck: healthCheckOf(wire),
    loadBalancerArns: wire.LoadBalancerArns ?? [],
  };
}

function healthCheckOf(wire: Wire.TargetGroup): HealthCheck {
  return {
    protocol: narrowed(wire.HealthCheckProtocol, ['TCP', 'HTTP', 'HTTPS'], 'TCP'),
    port: wire.HealthCheckPort ?? 'traffic-port',
    path: wire.HealthCheckPath || undefined,
    isEnabled: wire.HealthCheckEnabled ?? true,
    intervalSeconds: wire.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: wire.HealthCheckTimeoutSeconds ?? 10,
    healthyThreshold: wire.HealthyThresholdCount ?? 5,
    unhealthyThreshold: wire.UnhealthyThresholdCount ?? 2,
    matcher: wire.Matcher?.HttpCode || undefined,
  };
}

export function mapTarget(wire: Wire.TargetHealthDescription): TargetDescription {
  return {
    id: requiredText('Target.Id', wire.Target?.Id),
    port: wire.Target?.Port ?? 0,
    availabilityZone: wire.Target?.AvailabilityZone || undefined,
    // `unhealthy.draining` is one of those that get no new connections.
    health: narrowed(wire.TargetHealth?.State?.split('.')[0], targetStates, 'unavailable'),
    reason: wire.TargetHealth?.Reason || undefined,
    description: wire.TargetHealth?.Description || undefined,
  };
}

export function mapListener(wire: Wire.Listener): ListenerDescription {
  const forward = (wire.DefaultActions ?? []).find(({ Type }) => Type === 'forward');
  return {
    arn: requiredText('ListenerArn', wire.ListenerArn),
    loadBalancerArn: requiredText('LoadBalancerArn', wire.LoadBalancerArn),
    protocol: wire.Protocol ?? '',
    port: wire.Port ?? 0,
    targetGroupArn: forward?.TargetGroupArn ?? forward?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn,
  };
}
