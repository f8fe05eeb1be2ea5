import type { Instance, VpcEndpoint } from './network';
import { hourlyPriceUsd, instanceHourlyPriceUsd } from './prices';

/** What runs in a scope, as far as it was read; undefined: not read. */
export interface RunningResources {
  readonly endpoints: readonly Pick<VpcEndpoint, 'kind' | 'state' | 'subnetIds'>[] | undefined;
  readonly instances: readonly Pick<Instance, 'state' | 'instanceType' | 'publicIpAddress'>[] | undefined;
  readonly networkLoadBalancers: number | undefined;
  readonly natGateways: number | undefined;
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
  const { endpoints, instances, networkLoadBalancers, natGateways } = resources;
  const existing = (endpoints ?? []).filter(({ state }) => state !== 'deleted');
  const billed = existing.filter(({ kind }) => kind === 'interface' || kind === 'gatewayLoadBalancer');
  const running = (instances ?? []).filter(({ state }) => state === 'running' || state === 'pending');
  const priceOf = ({ instanceType }: Pick<Instance, 'instanceType'>) => instanceHourlyPriceUsd[instanceType];
  const lines: readonly CostLine[] = [
    line('endpointZones', sum(billed.map(({ subnetIds }) => subnetIds.length)), hourlyPriceUsd.interfaceEndpointZone),
    { item: 'instances', count: running.length, hourlyUsd: sum(running.map(instance => priceOf(instance) ?? 0)) },
    line('publicAddresses', running.filter(hasPublicAddress).length, hourlyPriceUsd.publicAddress),
    line('networkLoadBalancers', networkLoadBalancers ?? 0, hourlyPriceUsd.networkLoadBalancer),
    line('natGateways', natGateways ?? 0, hourlyPriceUsd.natGateway),
  ];
  const isRead = [endpoints, instances, networkLoadBalancers, natGateways].every(value => value !== undefined);
  const isPriced = running.every(instance => priceOf(instance) !== undefined);
  const areAllKnown = existing.every(({ kind }) => kind !== 'resource' && kind !== 'serviceNetwork');
  return {
    lines: lines.filter(({ count }) => count > 0),
    hourlyUsd: sum(lines.map(({ hourlyUsd }) => hourlyUsd)),
    isAtLeast: !(isRead && isPriced && areAllKnown),
  };
}

const hasPublicAddress = ({ publicIpAddress }: Pick<Instance, 'publicIpAddress'>) => publicIpAddress !== undefined;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function line(item: CostItem, count: number, priceUsd: number): CostLine {
  return { item, count, hourlyUsd: count * priceUsd };
}
