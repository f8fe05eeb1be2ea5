import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import type { LoadBalancerDescription, TargetGroupDescription } from '../../core/loadBalancerDescription';
import { type Instance, nameOrId, type Subnet } from '../../core/network';
import { hourlyPriceUsd } from '../../core/prices';
import { rulesAdmitting } from '../../core/rules/rulesAdmitting';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand, RawWord } from '../changes/awsCommand';
import type { ChangeContext, PlannedChange } from '../changes/plannedChange';
import { untilState } from '../untilState';
import { firstFree } from './planEndpoint';
import {
  createService,
  type ServiceParts,
  type ServiceRequest,
  serviceCommands,
  serviceFacts,
  serviceWarnings,
  untilActive,
} from './planService';
import type { ServiceChoices } from './readServiceChoices';

/** A server that shall be offered: an instance and the port that it listens on. */
export interface ServedInstance {
  readonly instance: Instance;
  readonly port: number;
}

/** Names of load balancers have at most 32 letters, digits and dashes ("Elastic Load Balancing API: CreateLoadBalancer"). */
const nameMaxLength = 32;
/** The number that {@link firstFree} may add. */
const suffixLength = 4;
/** A target group is let go of soon after its load balancer is gone. */
const letGoLimitMs = 2 * 60_000;

/** The names and places of what is made on the way. */
interface Way {
  readonly name: string;
  readonly subnets: readonly Subnet[];
}

/**
 * Making an endpoint service of an instance: target group, internal network load balancer and listener on the way. The load balancer gets a
 * node in every zone of the VPC and sends across zones, so that consumers of any of these zones reach the one server.
 */
export function planServiceFromInstance(
  scope: Scope,
  choices: ServiceChoices,
  served: ServedInstance,
  request: ServiceRequest,
  parts: ServiceParts,
): PlannedChange<EndpointServiceConfiguration> {
  const way = { name: wayName(choices, served.instance), subnets: zonesOf(choices, served.instance) };
  const clientToken = crypto.randomUUID();
  const zones = way.subnets.map(({ availabilityZone }) => availabilityZone).join(', ');
  return {
    label: t('Create the endpoint service'),
    doing: t('Creating the endpoint service'),
    facts: [
      { icon: 'server', label: t('Server'), text: `${nameOrId(served.instance)}:${served.port}` },
      { icon: 'target', label: t('Target group'), text: t('{0}, made on the way', way.name) },
      {
        icon: 'server-environment',
        label: t('Load balancer'),
        text: t('{0}, made on the way, internal, {1}', way.name, zones),
      },
      ...serviceFacts(request),
    ],
    warnings: [...portWarnings(choices, served), ...serviceWarnings(request)],
    hourlyPriceUsd: hourlyPriceUsd.networkLoadBalancer,
    commandLines: [
      ...wayCommands(scope, way, served),
      ...serviceCommands(scope, request, new RawWord('"$BALANCER_ARN"')),
    ],
    run: async context => {
      const balancer = await makeWay(scope, way, served, parts, context);
      await untilActive(scope, balancer.arn, parts.clock, context);
      return createService(scope, balancer.arn, request, clientToken, parts, context);
    },
  };
}

/** One free name for target group and load balancer. */
function wayName({ balancerNames, targetGroupNames }: ServiceChoices, instance: Instance): string {
  const plain = nameOrId(instance).replaceAll(/[^A-Za-z0-9]+/g, '-');
  const base = `vpc-labs-${plain}`.slice(0, nameMaxLength - suffixLength).replaceAll(/^-+|-+$/g, '');
  return firstFree(base, new Set([...balancerNames, ...targetGroupNames]));
}

/** One subnet for each zone of the VPC, the server's own first. */
function zonesOf({ subnets }: ServiceChoices, { vpcId, subnetId }: Instance): readonly Subnet[] {
  const own = subnets.filter(({ id }) => id === subnetId);
  const others = subnets.filter(subnet => subnet.vpcId === vpcId && subnet.id !== subnetId);
  const zones = new Map<string, Subnet>();
  for (const subnet of [...own, ...others])
    if (!zones.has(subnet.availabilityZone)) zones.set(subnet.availabilityZone, subnet);
  return [...zones.values()];
}

/**
 * Traffic of PrivateLink comes from the addresses of the load balancer's nodes, in the VPC: a rule that names a group does not admit it, as
 * the load balancer has none.
 */
function portWarnings({ securityGroups }: ServiceChoices, { instance, port }: ServedInstance): readonly string[] {
  const groups = securityGroups.filter(({ id }) => instance.securityGroupIds.includes(id));
  const isAdmitted = rulesAdmitting(groups, port).some(({ rule }) => rule.peer.kind !== 'group');
  if (groups.length < instance.securityGroupIds.length || isAdmitted) return [];
  return [
    t(
      'No security group of {0} admits TCP {1} from the VPC: the load balancer would find it unhealthy.',
      nameOrId(instance),
      port,
    ),
  ];
}

async function makeWay(
  scope: Scope,
  way: Way,
  served: ServedInstance,
  parts: ServiceParts,
  context: ChangeContext,
): Promise<LoadBalancerDescription> {
  const { loadBalancers } = await scope.gateways();
  const { signal, report } = context;
  report(t('Creating the target group'));
  const group = await makeGroup(scope, way, served, parts, context);
  signal.throwIfAborted();
  await loadBalancers.registerTargets(group.arn, [{ id: served.instance.id, port: served.port }]);
  signal.throwIfAborted();
  report(t('Creating the load balancer'));
  const balancer = await makeBalancer(scope, way, context);
  signal.throwIfAborted();
  await loadBalancers.setLoadBalancerAttributes(balancer.arn, { 'load_balancing.cross_zone.enabled': 'true' });
  signal.throwIfAborted();
  await loadBalancers.createListener({
    loadBalancerArn: balancer.arn,
    protocol: 'TCP',
    port: served.port,
    targetGroupArn: group.arn,
    tags: {},
  });
  return balancer;
}

async function makeGroup(
  scope: Scope,
  { name }: Way,
  { instance, port }: ServedInstance,
  { clock }: ServiceParts,
  { made }: ChangeContext,
): Promise<TargetGroupDescription> {
  const { loadBalancers } = await scope.gateways();
  const { vpcId } = instance;
  const group = await loadBalancers.createTargetGroup({
    name,
    protocol: 'TCP',
    port,
    vpcId: vpcId as NonNullable<typeof vpcId>,
    targetType: 'instance',
    tags: { Name: name },
  });
  made({
    id: group.arn,
    label: t('target group {0}', name),
    remove: call => deleteWhenFree(clock, () => loadBalancers.deleteTargetGroup(group.arn, call), call.signal),
  });
  return group;
}

async function makeBalancer(
  scope: Scope,
  { name, subnets }: Way,
  { made }: ChangeContext,
): Promise<LoadBalancerDescription> {
  const { loadBalancers } = await scope.gateways();
  const balancer = await loadBalancers.createLoadBalancer({
    name,
    scheme: 'internal',
    subnetIds: subnets.map(({ id }) => id),
    securityGroupIds: [],
    tags: { Name: name },
  });
  made({
    id: balancer.arn,
    label: t('load balancer {0}', name),
    remove: call => loadBalancers.deleteLoadBalancer(balancer.arn, call),
  });
  return balancer;
}

/** Deletes a target group whose load balancer is on its way out: again, as long as AWS says that it is in use. */
export async function deleteWhenFree(
  clock: ServiceParts['clock'],
  remove: () => Promise<void>,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const attempt = () =>
    remove().then(
      () => true as const,
      error => {
        if (asLabError(error).code === 'targetGroupInUse') return undefined;
        throw error;
      },
    );
  await untilState(clock, attempt, { limitMs: letGoLimitMs, waitingFor: t('the target group') }, signal);
}

function wayCommands(scope: Scope, { name, subnets }: Way, { instance, port }: ServedInstance): readonly string[] {
  const elbv2 = (operation: string, flags: Parameters<typeof awsCommand>[3]) =>
    awsCommand(scope, 'elbv2', operation, flags);
  const into = (variable: string, line: string, query: string) =>
    `${variable}=$(${line} --query '${query}' --output text)`;
  const groupLine = elbv2('create-target-group', {
    name,
    protocol: 'TCP',
    port,
    'vpc-id': instance.vpcId,
    'target-type': 'instance',
  });
  const balancerLine = elbv2('create-load-balancer', {
    name,
    type: 'network',
    scheme: 'internal',
    subnets: subnets.map(({ id }) => id),
  });
  const groupArn = new RawWord('"$GROUP_ARN"');
  const balancerArn = new RawWord('"$BALANCER_ARN"');
  return [
    into('GROUP_ARN', groupLine, 'TargetGroups[0].TargetGroupArn'),
    elbv2('register-targets', { 'target-group-arn': groupArn, targets: `Id=${instance.id},Port=${port}` }),
    into('BALANCER_ARN', balancerLine, 'LoadBalancers[0].LoadBalancerArn'),
    elbv2('modify-load-balancer-attributes', {
      'load-balancer-arn': balancerArn,
      attributes: 'Key=load_balancing.cross_zone.enabled,Value=true',
    }),
    elbv2('create-listener', {
      'load-balancer-arn': balancerArn,
      protocol: 'TCP',
      port,
      'default-actions': new RawWord('"Type=forward,TargetGroupArn=$GROUP_ARN"'),
    }),
    elbv2('wait load-balancer-available', { 'load-balancer-arns': balancerArn }),
  ];
}
