import { inBatches } from '../base/async';
import type { EndpointConnection } from '../core/endpointService';
import type { EndpointServiceConfiguration } from '../core/endpointServiceConfiguration';
import type { LabError } from '../core/errors';
import type { LoadBalancerDescription, TargetGroupDescription } from '../core/loadBalancerDescription';
import type { CallOptions } from '../core/ports/calls';
import type { CloudGateways } from '../core/ports/gateways';
import { asLabError } from './asLabError';
import type { ServedTargetGroup, ServiceDetails, ServiceLoadBalancer } from './serviceDetails';

/** Each service takes a request or two more: few at a time, as AWS counts them. */
const servicesAtOnce = 4;

/** What all services share. */
interface Common {
  readonly connections: readonly EndpointConnection[] | undefined;
  readonly balancers: readonly LoadBalancerDescription[];
  readonly groups: readonly TargetGroupDescription[];
  readonly problems: readonly LabError[];
}

/** The services of one account and region. A part that cannot be read is a problem of each service, and hides none. */
export async function readServices(gateways: CloudGateways, options: CallOptions): Promise<readonly ServiceDetails[]> {
  const services = await gateways.endpointServices.listOwnServices(options);
  if (services.length === 0) return [];
  const common = await readCommon(gateways, options);
  return inBatches(services, servicesAtOnce, service => readDetails(gateways, service, common, options));
}

async function readCommon(gateways: CloudGateways, options: CallOptions): Promise<Common> {
  const problems: LabError[] = [];
  const [connections, balancers, groups] = await Promise.all([
    orProblem(problems, options, gateways.endpointServices.listConnections(options)),
    orProblem(problems, options, gateways.loadBalancers.listLoadBalancers(options)),
    orProblem(problems, options, gateways.loadBalancers.listTargetGroups(options)),
  ]);
  return { connections, balancers: balancers ?? [], groups: groups ?? [], problems };
}

/** One load balancer by its ARN, whatever it serves. Rejects with a `LabError` when any of it cannot be read. */
export async function readBalancerOf(gateways: CloudGateways, arn: string): Promise<ServiceLoadBalancer> {
  const problems: LabError[] = [];
  const { loadBalancers } = gateways;
  const balancer = await loadBalancers.findLoadBalancer(arn);
  const common = { balancers: balancer ? [balancer] : [], groups: await loadBalancers.listTargetGroups() };
  const read = await readBalancer(gateways, arn, common, problems, {});
  if (problems[0]) throw problems[0];
  return read;
}

async function readDetails(
  gateways: CloudGateways,
  service: EndpointServiceConfiguration,
  common: Common,
  options: CallOptions,
): Promise<ServiceDetails> {
  const problems = [...common.problems];
  const principals = await orProblem(
    problems,
    options,
    gateways.endpointServices.listAllowedPrincipals(service.id, options),
  );
  const arns = [...service.loadBalancerArns, ...service.gatewayLoadBalancerArns];
  const loadBalancers: ServiceLoadBalancer[] = [];
  for (const arn of arns) loadBalancers.push(await readBalancer(gateways, arn, common, problems, options));
  const connections = common.connections?.filter(({ serviceId }) => serviceId === service.id);
  return { service, principals, loadBalancers, connections, problems };
}

async function readBalancer(
  { loadBalancers }: CloudGateways,
  arn: string,
  common: Pick<Common, 'balancers' | 'groups'>,
  problems: LabError[],
  options: CallOptions,
): Promise<ServiceLoadBalancer> {
  const balancer = common.balancers.find(item => item.arn === arn);
  if (!balancer) return { arn, balancer, listeners: [], targetGroups: [] };
  const listeners = (await orProblem(problems, options, loadBalancers.listListeners(arn, options))) ?? [];
  const targetGroups: ServedTargetGroup[] = [];
  for (const group of common.groups.filter(({ loadBalancerArns }) => loadBalancerArns.includes(arn))) {
    const targets = await orProblem(problems, options, loadBalancers.listTargets(group.arn, options));
    targetGroups.push({ group, targets: targets ?? [] });
  }
  return { arn, balancer, listeners, targetGroups };
}

/** Undefined in place of a failure, which is noted once for each kind of call. */
async function orProblem<T>(
  problems: LabError[],
  { signal }: CallOptions,
  reading: Promise<T>,
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (caught) {
    signal?.throwIfAborted();
    const error = asLabError(caught);
    const isNoted = problems.some(
      ({ code, parameters }) => code === error.code && parameters.action === error.parameters.action,
    );
    if (!isNoted) problems.push(error);
    return undefined;
  }
}
