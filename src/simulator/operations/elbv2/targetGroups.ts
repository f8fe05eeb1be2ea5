import type { VpcId } from '../../../core/ids';
import type { TargetGroup } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { loadBalancerOf } from '../../world/targetStanding';
import type { CallContext, OperationTable } from '../operation';
import { notSimulated, resourceInUse, validationError } from './elbv2Faults';
import { checkArn, checkName, checkPort, chosen, elbv2Page, findByArn, kinds } from './elbv2Resources';
import { withElbv2Tags } from './elbv2Tags';
import { changedHealthCheck, newHealthCheck } from './healthChecks';

type Input = Elbv2.CreateTargetGroupInput;

const protocols = ['TCP', 'UDP', 'TCP_UDP', 'TLS', 'HTTP', 'HTTPS'] as const;
const versions = ['HTTP1', 'HTTP2', 'GRPC'];
/** "Quotas for your Network Load Balancers": target groups per Region. */
const maximumGroups = 3000;

function groupShape(region: PlaceState, group: TargetGroup): Elbv2.TargetGroup {
  const { healthCheck } = group;
  const balancer = loadBalancerOf(region, group);
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: healthCheck.isEnabled,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    ...(healthCheck.path === undefined ? {} : { HealthCheckPath: healthCheck.path }),
    ...(healthCheck.matcher === undefined ? {} : { Matcher: { HttpCode: healthCheck.matcher } }),
    LoadBalancerArns: balancer ? [balancer.arn] : [],
    TargetType: group.targetType,
    ...(group.protocolVersion === undefined ? {} : { ProtocolVersion: group.protocolVersion }),
    IpAddressType: 'ipv4',
  };
}

/** Makes a target group; the same request again answers with the one that is there. */
function createTargetGroup(input: Input, { region }: CallContext): Elbv2.CreateTargetGroupOutput {
  const asked = groupOf(input, region);
  const present = [...region.targetGroups.values()].find(({ name }) => name === asked.name);
  if (present && settingsOf(present) !== settingsOf(asked))
    throw new ServiceFault(
      'DuplicateTargetGroupName',
      `A target group with the same name '${asked.name}' exists, but with different settings`,
    );
  if (!present && region.targetGroups.size >= maximumGroups)
    throw new ServiceFault('TooManyTargetGroups', 'The maximum number of target groups has been reached');
  const group = present ?? { ...asked, arn: newArn(region, asked.name) };
  region.targetGroups.set(group.arn, group);
  return { TargetGroups: [groupShape(region, group)] };
}

function newArn({ place, chanceFor }: PlaceState, name: string): string {
  return `arn:aws:elasticloadbalancing:${place.region}:${place.accountId}:targetgroup/${name}/${chanceFor('target group').hex(16)}`;
}

function settingsOf({ protocol, port, vpcId, targetType, protocolVersion, healthCheck }: TargetGroup): string {
  return JSON.stringify([protocol, port, vpcId, targetType, protocolVersion, healthCheck]);
}

function groupOf(input: Input, region: PlaceState): TargetGroup {
  const name = input.Name ?? '';
  checkName('Target group', name);
  const targetType = targetTypeOf(input);
  const protocol = protocolOf(input);
  if (input.Port === undefined) throw validationError('A port must be specified');
  checkPort(input.Port);
  return {
    arn: '',
    name,
    protocol,
    port: input.Port,
    vpcId: vpcOf(input, region),
    targetType,
    protocolVersion: versionOf(input, protocol),
    healthCheck: newHealthCheck(protocol, input),
    targets: [],
    attributes: {},
    tags: withElbv2Tags({}, input.Tags),
  };
}

function targetTypeOf({ TargetType = 'instance', IpAddressType = 'ipv4' }: Input): TargetGroup['targetType'] {
  if (IpAddressType !== 'ipv4') throw notSimulated('The practice cloud makes IPv4 target groups only.');
  if (TargetType === 'instance' || TargetType === 'ip') return TargetType;
  throw notSimulated(
    `The practice cloud makes target groups of instances and addresses only, not of type ${TargetType}.`,
  );
}

function protocolOf({ Protocol }: Input): TargetGroup['protocol'] {
  const found = protocols.find(protocol => protocol === Protocol);
  if (found) return found;
  if (Protocol === undefined) throw validationError('A protocol must be specified');
  if (Protocol === 'GENEVE' || Protocol === 'QUIC' || Protocol === 'TCP_QUIC')
    throw notSimulated(`The practice cloud makes no target groups with protocol ${Protocol}.`);
  throw validationError(`Target group protocol '${String(Protocol)}' must be one of '${protocols.join(', ')}'`);
}

function vpcOf({ VpcId }: Input, { vpcs }: PlaceState): VpcId {
  if (VpcId === undefined) throw validationError('A VPC ID must be specified');
  const found = vpcs.get(VpcId as VpcId);
  if (!found) throw validationError(`The VPC ID '${VpcId}' is not found`);
  return found.id;
}

function versionOf({ ProtocolVersion }: Input, protocol: TargetGroup['protocol']): string | undefined {
  const isApplication = protocol === 'HTTP' || protocol === 'HTTPS';
  if (!isApplication && ProtocolVersion !== undefined)
    throw validationError(`Protocol version '${ProtocolVersion}' is not supported for protocol '${protocol}'`);
  if (ProtocolVersion !== undefined && !versions.includes(ProtocolVersion))
    throw validationError(`Protocol version '${ProtocolVersion}' must be one of '${versions.join(', ')}'`);
  return isApplication ? (ProtocolVersion ?? 'HTTP1') : undefined;
}

function describeTargetGroups(
  input: Elbv2.DescribeTargetGroupsInput,
  { region }: CallContext,
): Elbv2.DescribeTargetGroupsOutput {
  const { LoadBalancerArn } = input;
  if (LoadBalancerArn !== undefined) findByArn(kinds.loadBalancer, region, LoadBalancerArn);
  const groups = chosen(kinds.targetGroup, region, input.TargetGroupArns, input.Names).filter(
    group => LoadBalancerArn === undefined || loadBalancerOf(region, group)?.arn === LoadBalancerArn,
  );
  const { items, ending } = elbv2Page(groups, input, ({ arn }) => arn);
  return { TargetGroups: items.map(group => groupShape(region, group)), ...ending };
}

function modifyTargetGroup(
  input: Elbv2.ModifyTargetGroupInput,
  { region }: CallContext,
): Elbv2.ModifyTargetGroupOutput {
  const group = findByArn(kinds.targetGroup, region, input.TargetGroupArn);
  const changed = { ...group, healthCheck: changedHealthCheck(group.protocol, group.healthCheck, input) };
  region.targetGroups.set(group.arn, changed);
  return { TargetGroups: [groupShape(region, changed)] };
}

/** An ARN without a target group is no error. */
function deleteTargetGroup({ TargetGroupArn = '' }: Elbv2.DeleteTargetGroupInput, { region }: CallContext): object {
  checkArn(kinds.targetGroup, TargetGroupArn);
  if ([...region.listeners.values()].some(({ targetGroupArn }) => targetGroupArn === TargetGroupArn))
    throw resourceInUse(`Target group '${TargetGroupArn}' is currently in use by a listener or a rule`);
  region.targetGroups.delete(TargetGroupArn);
  return {};
}

export const targetGroupOperations: OperationTable = {
  CreateTargetGroup: createTargetGroup,
  DescribeTargetGroups: describeTargetGroups,
  ModifyTargetGroup: modifyTargetGroup,
  DeleteTargetGroup: deleteTargetGroup,
};
