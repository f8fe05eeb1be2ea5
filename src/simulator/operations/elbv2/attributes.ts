import {
  listenerAttributes,
  loadBalancerAttributes,
  targetGroupAttributes,
} from '../../../core/loadBalancingAttributes';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { notSimulated, validationError } from './elbv2Faults';
import { findByArn, kinds } from './elbv2Resources';

type Attributes = Readonly<Record<string, string>>;
interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const isFlag = (value: string) => value === 'true' || value === 'false';
const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value);
const between = (least: number, most: number) => (value: string) =>
  /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;
const minimumCount = (value: string) => value === 'off' || between(1, 1000)(value);
const minimumPercentage = (value: string) => value === 'off' || between(1, 100)(value);

/** What each attribute may be set to; keys that are not here take any text. */
const allowed: Readonly<Record<string, (value: string) => boolean>> = {
  'deletion_protection.enabled': isFlag,
  'load_balancing.cross_zone.enabled': oneOf('true', 'false', 'use_load_balancer_configuration'),
  'access_logs.s3.enabled': isFlag,
  'dns_record.client_routing_policy': oneOf(
    'any_availability_zone',
    'availability_zone_affinity',
    'partial_availability_zone_affinity',
  ),
  'ipv6.deny_all_igw_traffic': isFlag,
  'zonal_shift.config.enabled': isFlag,
  'secondary_ips.auto_assigned.per_subnet': between(0, 7),
  'deregistration_delay.timeout_seconds': between(0, 3600),
  'deregistration_delay.connection_termination.enabled': isFlag,
  'preserve_client_ip.enabled': isFlag,
  'proxy_protocol_v2.enabled': isFlag,
  'stickiness.enabled': isFlag,
  'stickiness.type': oneOf('source_ip', 'lb_cookie', 'app_cookie'),
  'stickiness.lb_cookie.duration_seconds': between(1, 604_800),
  'stickiness.app_cookie.duration_seconds': between(1, 604_800),
  'slow_start.duration_seconds': value => value === '0' || between(30, 900)(value),
  'load_balancing.algorithm.type': oneOf('round_robin', 'least_outstanding_requests', 'weighted_random'),
  'load_balancing.algorithm.anomaly_mitigation': oneOf('on', 'off'),
  'target_group_health.dns_failover.minimum_healthy_targets.count': minimumCount,
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': minimumPercentage,
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': between(1, 1000),
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': minimumPercentage,
  'target_health_state.unhealthy.connection_termination.enabled': isFlag,
  'target_health_state.unhealthy.draining_interval_seconds': between(0, 360_000),
  'tcp.idle_timeout.seconds': between(60, 6000),
};

/** Settings that would change what happens and are not simulated, by key, with the value that asks for them. */
const unsimulated: Readonly<Record<string, string>> = {
  'access_logs.s3.enabled': 'true',
  'zonal_shift.config.enabled': 'true',
};

/** Attributes after a change; keys of other kinds of resources and values that cannot be are refused. */
function changed(
  word: string,
  all: Attributes,
  own: Attributes,
  changes: readonly Attribute[] | undefined,
): Attributes {
  for (const { Key = '', Value = '' } of changes ?? []) {
    if (!Object.hasOwn(all, Key)) throw validationError(`${word} attribute key '${Key}' is not recognized`);
    if (!(allowed[Key]?.(Value) ?? true))
      throw validationError(`${word} attribute value '${Value}' for attribute key '${Key}' is not valid`);
    if (unsimulated[Key] === Value)
      throw notSimulated(`The practice cloud does not simulate the attribute ${Key} with the value ${Value}.`);
  }
  return { ...own, ...Object.fromEntries((changes ?? []).map(({ Key = '', Value = '' }) => [Key, Value])) };
}

function attributeList(attributes: Attributes): { Key: string; Value: string }[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

function describeLoadBalancerAttributes(
  { LoadBalancerArn }: Elbv2.DescribeLoadBalancerAttributesInput,
  { region }: CallContext,
): Elbv2.DescribeLoadBalancerAttributesOutput {
  const balancer = findByArn(kinds.loadBalancer, region, LoadBalancerArn);
  return { Attributes: attributeList(loadBalancerAttributes(balancer)) };
}

function modifyLoadBalancerAttributes(
  input: Elbv2.ModifyLoadBalancerAttributesInput,
  context: CallContext,
): Elbv2.ModifyLoadBalancerAttributesOutput {
  const balancer = findByArn(kinds.loadBalancer, context.region, input.LoadBalancerArn);
  const attributes = changed('Load balancer', loadBalancerAttributes(balancer), balancer.attributes, input.Attributes);
  context.region.loadBalancers.set(balancer.arn, { ...balancer, attributes });
  return describeLoadBalancerAttributes(input, context);
}

function describeTargetGroupAttributes(
  { TargetGroupArn }: Elbv2.DescribeTargetGroupAttributesInput,
  { region }: CallContext,
): Elbv2.DescribeTargetGroupAttributesOutput {
  return { Attributes: attributeList(targetGroupAttributes(findByArn(kinds.targetGroup, region, TargetGroupArn))) };
}

function modifyTargetGroupAttributes(
  input: Elbv2.ModifyTargetGroupAttributesInput,
  context: CallContext,
): Elbv2.ModifyTargetGroupAttributesOutput {
  const group = findByArn(kinds.targetGroup, context.region, input.TargetGroupArn);
  const attributes = changed('Target group', targetGroupAttributes(group), group.attributes, input.Attributes);
  context.region.targetGroups.set(group.arn, { ...group, attributes });
  return describeTargetGroupAttributes(input, context);
}

function describeListenerAttributes(
  { ListenerArn }: Elbv2.DescribeListenerAttributesInput,
  { region }: CallContext,
): Elbv2.DescribeListenerAttributesOutput {
  return { Attributes: attributeList(listenerAttributes(findByArn(kinds.listener, region, ListenerArn))) };
}

function modifyListenerAttributes(
  input: Elbv2.ModifyListenerAttributesInput,
  context: CallContext,
): Elbv2.ModifyListenerAttributesOutput {
  const listener = findByArn(kinds.listener, context.region, input.ListenerArn);
  const attributes = changed('Listener', listenerAttributes(listener), listener.attributes, input.Attributes);
  context.region.listeners.set(listener.arn, { ...listener, attributes });
  return describeListenerAttributes(input, context);
}

export const attributeOperations: OperationTable = {
  DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
  ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes,
  DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
  DescribeListenerAttributes: describeListenerAttributes,
  ModifyListenerAttributes: modifyListenerAttributes,
};
