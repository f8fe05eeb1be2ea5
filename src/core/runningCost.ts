import type { LoadBalancerDescription } from './loadBalancerDescription';
import type { ElasticAddress, NatGateway } from './natGateway';
import type { Instance, VpcEndpoint } from './network';
import { hourlyPriceUsd, instanceHourlyPriceUsd } from './prices';

/** What runs in a scope, as far as it was read; undefined: not read. */
export interface RunningResources {
  readonly endpoints: readonly Pick<VpcEndpoint, 'kind' | 'state' | 'subnetIds'>[] | undefined;
  readonly instances: readonly Pick<Instance, 'state' | 'instanceType' | 'publicIpAddress'>[] | undefined;
  readonly loadBalancers: readonly Pick<LoadBalancerDescription, 'kind' | 'scheme' | 'state' | 'zones'>[] | undefined;
  readonly natGateways: readonly Pick<NatGateway, 'state'>[] | undefined;
  /** In use or not: both cost the same. */
  readonly elasticAddresses: readonly Pick<ElasticAddress, 'publicIpAddress'>[] | undefined;
}

export type CostItem = 'endpointZones' | 'instances' | 'publicAddresses' | 'networkLoadBalancers' | 'natGateways';

export interface CostLine {
  readonly item: CostItem;
  readonly count: number;
  readonly hourlyUsd: number;
}

export interface RunningCost {
  /** Only what there is any of. */
  readonly lines: readonly CostLine[];
  readonly hourlyUsd: number;
  /** Something was not read, or has no price in our table. */
  readonly isAtLeast: boolean;
}

/** What a scope costs by the hour, at us-east-1 prices, data apart. */
export function runningCost(resources: RunningResources): RunningCost {
  const { endpoints, instances, loadBalancers, natGateways, elasticAddresses } = resources;
  const existing = (endpoints ?? []).filter(({ state }) => state !== 'deleted');
  const billed = existing.filter(({ kind }) => kind === 'interface' || kind === 'gatewayLoadBalancer');
  const running = (instances ?? []).filter(({ state }) => state === 'running' || state === 'pending');
  const balancers = (loadBalancers ?? []).filter(({ state }) => state !== 'failed');
  const priceOf = ({ instanceType }: Pick<Instance, 'instanceType'>) => instanceHourlyPriceUsd[instanceType];
  const lines: readonly CostLine[] = [
    line('endpointZones', sum(billed.map(({ subnetIds }) => subnetIds.length)), hourlyPriceUsd.interfaceEndpointZone),
    { item: 'instances', count: running.length, hourlyUsd: sum(running.map(instance => priceOf(instance) ?? 0)) },
    line('publicAddresses', publicAddressCount(resources, running), hourlyPriceUsd.publicAddress),
    line('networkLoadBalancers', balancers.filter(isNetwork).length, hourlyPriceUsd.networkLoadBalancer),
    line('natGateways', (natGateways ?? []).filter(isBilledGateway).length, hourlyPriceUsd.natGateway),
  ];
  const isRead = [endpoints, instances, loadBalancers, natGateways, elasticAddresses].every(
    value => value !== undefined,
  );
  const isPriced = running.every(instance => priceOf(instance) !== undefined);
  const areAllKnown =
    balancers.every(isNetwork) && existing.every(({ kind }) => kind !== 'resource' && kind !== 'serviceNetwork');
  return {
    lines: lines.filter(({ count }) => count > 0),
    hourlyUsd: sum(lines.map(({ hourlyUsd }) => hourlyUsd)),
    isAtLeast: !(isRead && isPriced && areAllKnown),
  };
}

const isNetwork = ({ kind }: Pick<LoadBalancerDescription, 'kind'>) => kind === 'network';

/** "Amazon VPC pricing": for each hour that it is provisioned and available. */
const isBilledGateway = ({ state }: Pick<NatGateway, 'state'>) => state === 'pending' || state === 'available';

/** Those of instances, Elastic ones, and those that AWS gives the nodes of a balancer that faces the internet, one for each zone. */
function publicAddressCount(
  { elasticAddresses, loadBalancers }: RunningResources,
  running: readonly Pick<Instance, 'publicIpAddress'>[],
): number {
  const ofInstances = running.flatMap(({ publicIpAddress }) => publicIpAddress ?? []);
  const elastic = (elasticAddresses ?? []).map(({ publicIpAddress }) => publicIpAddress);
  const facing = (loadBalancers ?? []).filter(({ kind, scheme }) => kind === 'network' && scheme === 'internet-facing');
  return new Set([...ofInstances, ...elastic]).size + sum(facing.map(({ zones }) => zones.length));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function line(item: CostItem, count: number, priceUsd: number): CostLine {
  return { item, count, hourlyUsd: count * priceUsd };
}
