import { PRICES_AS_OF } from '../core/prices';
import type { CostItem, RunningCost } from '../core/runningCost';
import { t } from './translation';

/** `at least 0.0308 USD/h`, short enough for a status bar. */
export function runningCostWords({ hourlyUsd, isAtLeast }: RunningCost): string {
  const price = usd(hourlyUsd);
  return isAtLeast ? t('at least {0} USD/h', price) : t('about {0} USD/h', price);
}

/** A line for each kind of thing, then what the sum leaves out and whether anybody is billed. */
export function runningCostDetails(cost: RunningCost, scopeKind: 'practice' | 'local' | 'live'): readonly string[] {
  const lines = cost.lines.map(({ item, count, hourlyUsd }) => `${itemWords(item, count)}: ${usd(hourlyUsd)} USD/h`);
  return [
    ...lines,
    ...(cost.isAtLeast ? [t('More may run that was not read, or has no price here.')] : []),
    scopeKind === 'live'
      ? t('Prices of us-east-1, {0}, data apart.', PRICES_AS_OF)
      : t('Nothing is billed. On AWS: prices of us-east-1, {0}, data apart.', PRICES_AS_OF),
  ];
}

function itemWords(item: CostItem, count: number): string {
  switch (item) {
    case 'endpointZones':
      return t('{0} × zone of an endpoint', count);
    case 'instances':
      return t('{0} × instance', count);
    case 'publicAddresses':
      return t('{0} × public IPv4 address', count);
    case 'networkLoadBalancers':
      return t('{0} × Network Load Balancer', count);
    case 'natGateways':
      return t('{0} × NAT gateway', count);
  }
}

/** Four digits behind the point where they matter. */
function usd(amount: number): string {
  return amount.toFixed(amount < 0.1 ? 4 : 3).replace(/0{1,2}$/, '');
}
