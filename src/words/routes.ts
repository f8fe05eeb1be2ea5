import type { Route, RouteDestination, RouteTarget } from '../core/network';
import { t } from './translation';

/** One line for a route: `0.0.0.0/0 → igw-…`, and that it is a blackhole. */
export function routeWords({ destination, target, state }: Route): string {
  const line = `${destinationText(destination)} → ${targetText(target)}`;
  return state === 'blackhole' ? t('{0} (blackhole: its target is gone)', line) : line;
}

function destinationText(destination: RouteDestination): string {
  return destination.kind === 'cidr' ? destination.cidr : destination.prefixListId;
}

function targetText(target: RouteTarget): string {
  return target.kind === 'local' ? t('local') : target.id;
}
