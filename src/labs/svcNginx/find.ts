/** Which resources the lab is about, on either side. */
import type { EndpointConnection } from '../../core/endpointService';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import type {
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../../core/loadBalancerDescription';
import type { Instance, NetworkInterface, SecurityGroup, Subnet, Vpc, VpcEndpoint } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { giveUp, need } from '../../core/reading';
import { groupsOf, vpcIn } from '../../core/snapshotLookup';
import { best, isOwn, isOwnNamed } from '../choose';
import type { CommandResult } from '../labEvidence';
import { isLiving, type LabSite, type LabWorld, ownName } from '../labWorld';
import { admitsTcp, interfaceOf, interfacesOf } from '../predicates';
import { customGroups, defaultVpc, subnetPerZoneOf } from '../vpcParts';

export const labId = 'svc-nginx';
/** nginx listens there, and everything on the way to it. */
export const HTTP = 80;

export const serverName = (site: LabSite) => ownName(site);
export const neighbourName = (site: LabSite) => `${ownName(site)}-neighbour`;
export const serverGroupName = (site: LabSite) => `${ownName(site)}-server`;
export const balancerGroupName = (site: LabSite) => `${ownName(site)}-balancer`;

export const providerOf = (world: LabWorld): LabSite => siteOf(world, 'provider');
export const consumerOf = (world: LabWorld): LabSite => siteOf(world, 'consumer');

const siteOf = (world: LabWorld, account: 'provider' | 'consumer') =>
  world.get(account) ?? giveUp({ code: 'notRead', reading: account, detail: undefined });

const living = (site: LabSite) =>
  need(site.snapshot.instances).filter(instance => isLiving(instance) && instance.vpcId !== undefined);

const launchedAt = ({ launchedAtMs }: Instance) => launchedAtMs;

/** The balancer of the run, else the one behind an endpoint service, else the newest. */
export function findBalancer(site: LabSite): LoadBalancerDescription | undefined {
  const { services } = need(site.endpointServices);
  const networkOnes = need(site.loadBalancers).loadBalancers.filter(({ kind }) => kind === 'network');
  const rank = ({ name, arn }: LoadBalancerDescription) =>
    (name === ownName(site) ? 2 : 0) +
    (services.some(({ loadBalancerArns }) => loadBalancerArns.includes(arn)) ? 1 : 0);
  return [...networkOnes].sort((a, b) => rank(b) - rank(a) || (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0];
}

/** Where the balancer sends what arrives at port 80; before there is a listener, a TCP group of the run, else any. */
export function findTargetGroup(site: LabSite): TargetGroupDescription | undefined {
  const { targetGroups } = need(site.loadBalancers);
  const used = findListener(site)?.targetGroupArn;
  const own = ownName(site);
  const rank = ({ arn, name, protocol }: TargetGroupDescription) =>
    (arn === used ? 4 : 0) + (name === own ? 2 : 0) + (protocol === 'TCP' ? 1 : 0);
  return [...targetGroups].sort((a, b) => rank(b) - rank(a))[0];
}

export function listenersOf(site: LabSite) {
  const balancer = findBalancer(site);
  return balancer ? (need(site.loadBalancers).listeners.get(balancer.arn) ?? []) : [];
}

export const findListener = (site: LabSite) => listenersOf(site).find(({ port }) => port === HTTP);

/** Why the balancer's target is in nobody's use: nothing listens at port 80. */
export function whyUnused(site: LabSite): Telling | undefined {
  const balancer = findBalancer(site);
  if (!balancer || findListener(site)) return undefined;
  const [other] = listenersOf(site);
  return other
    ? telling(prose('balancer {0} listens at {1} instead of 80'), balancer.name, String(other.port))
    : telling(prose('balancer {0} has no listener'), balancer.name);
}

export function targetsOf(site: LabSite): readonly TargetDescription[] {
  const group = findTargetGroup(site);
  return group ? (need(site.loadBalancers).targets.get(group.arn) ?? []) : [];
}

/** The registered instance; before one is, the run's server, else the newest instance. */
export function findServer(site: LabSite): Instance | undefined {
  const targets = targetsOf(site).map(({ id }) => id);
  const candidates = living(site).filter(instance => !isOwnNamed(site, instance, neighbourName(site)));
  return candidates.find(({ id }) => targets.includes(id)) ?? best(site, candidates, undefined, launchedAt);
}

/** Another instance in the server's VPC: a target cannot reach itself through its balancer. */
export function findNeighbour(site: LabSite): Instance | undefined {
  const server = findServer(site);
  const vpcId = server?.vpcId;
  const candidates = living(site).filter(instance => instance.id !== server?.id && instance.vpcId === vpcId);
  return best(site, candidates, undefined, launchedAt);
}

/** The VPC of the server; before there is one, the default VPC. */
export function findProviderVpc(site: LabSite): Vpc {
  const vpcId = findServer(site)?.vpcId;
  return vpcId ? vpcIn(site.snapshot, vpcId) : defaultVpc(site);
}

/** The interfaces of the balancer's nodes, which AWS describes as `ELB net/<name>/<id>`. */
export function nodesOf(site: LabSite): readonly NetworkInterface[] {
  const balancer = findBalancer(site);
  const described = balancer && `ELB ${balancer.arn.split(':loadbalancer/').at(-1)}`;
  return need(site.snapshot.networkInterfaces).filter(({ description }) => description === described);
}

/** nginx's first page. */
export const isWelcome = ({ output }: CommandResult) => output.includes('<title>Welcome to nginx!</title>');

/** Groups by their ids. */
export const groupsById = ({ snapshot }: LabSite, ids: readonly string[]): readonly SecurityGroup[] =>
  need(snapshot.securityGroups).filter(({ id }) => ids.includes(id));

/** The service of the run, else one that the balancer stands behind. */
export function findService(site: LabSite): EndpointServiceConfiguration | undefined {
  const balancer = findBalancer(site);
  const { services } = need(site.endpointServices);
  const candidates = services.filter(({ state }) => state !== 'deleting' && state !== 'deleted');
  return best(
    site,
    candidates,
    ({ loadBalancerArns }) => balancer !== undefined && loadBalancerArns.includes(balancer.arn),
  );
}

/** Of those who may use the service: whoever lets the consumer in. A user or a role of the account does too. */
export function principalFor(provider: LabSite, consumer: LabSite): string | undefined {
  const service = findService(provider);
  const principals = (service && need(provider.endpointServices).principals.get(service.id)) ?? [];
  const { accountId } = consumer.snapshot.place;
  return principals.map(({ principal }) => principal).find(each => each === '*' || each.includes(`::${accountId}:`));
}

/** The consumer's request, as the provider sees it. */
export function findConnection(provider: LabSite, consumer: LabSite): EndpointConnection | undefined {
  const service = findService(provider);
  const endpoint = findEndpoint(consumer, provider);
  return need(provider.endpointServices).connections.find(
    ({ serviceId, endpointId }) => serviceId === service?.id && endpointId === endpoint?.id,
  );
}

/** The consumer's endpoint for the service; one that was turned away counts as long as there is no other. */
export function findEndpoint(consumer: LabSite, provider: LabSite): VpcEndpoint | undefined {
  const serviceName = findService(provider)?.serviceName;
  const candidates = need(consumer.snapshot.endpoints).filter(
    endpoint => endpoint.serviceName === serviceName && endpoint.state !== 'deleting' && endpoint.state !== 'deleted',
  );
  return best(
    consumer,
    candidates,
    ({ state }) => state !== 'rejected' && state !== 'expired',
    ({ createdAtMs }) => createdAtMs,
  );
}

/** The consumer's instance: in the endpoint's VPC once there is one. */
export function findClient(consumer: LabSite, provider: LabSite): Instance | undefined {
  const vpcId = findEndpoint(consumer, provider)?.vpcId;
  return best(consumer, living(consumer), instance => instance.vpcId === vpcId, launchedAt);
}

export function findConsumerVpc(consumer: LabSite, provider: LabSite): Vpc {
  const vpcId = findClient(consumer, provider)?.vpcId;
  return vpcId ? vpcIn(consumer.snapshot, vpcId) : defaultVpc(consumer);
}

/** The groups that guard the endpoint; before it exists, the run's, else one that admits the client. */
export function findEndpointGroups(consumer: LabSite, provider: LabSite): readonly SecurityGroup[] {
  const { snapshot } = consumer;
  const endpoint = findEndpoint(consumer, provider);
  const [first] = endpoint ? interfacesOf(snapshot, endpoint) : [];
  if (first) return groupsOf(snapshot, first);
  if (endpoint) return groupsById(consumer, endpoint.securityGroupIds);
  const client = findClient(consumer, provider);
  const nic = client && interfaceOf(snapshot, client);
  const candidates = customGroups(consumer, findConsumerVpc(consumer, provider).id);
  const group =
    candidates.find(candidate => isOwn(consumer, candidate)) ??
    candidates.find(candidate => nic && admitsTcp(snapshot, [candidate], nic, HTTP));
  return group ? [group] : [];
}

/** Subnets of the consumer in zones that the service offers. Zones' names differ between accounts; their ids do not. */
export function offeredSubnets(consumer: LabSite, provider: LabSite): readonly Subnet[] {
  const names = findService(provider)?.availabilityZones ?? [];
  const ids = need(provider.snapshot.subnets).flatMap(({ availabilityZone, availabilityZoneId }) =>
    names.includes(availabilityZone) ? [availabilityZoneId] : [],
  );
  const client = findClient(consumer, provider);
  const vpc = findConsumerVpc(consumer, provider);
  return subnetPerZoneOf(consumer, vpc.id, client?.subnetId).filter(({ availabilityZoneId }) =>
    ids.includes(availabilityZoneId),
  );
}
