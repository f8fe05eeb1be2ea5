import { PRICES_AS_OF } from '../core/prices';
import { t } from './translation';

/** What a change adds to the bill, for the step before it happens. */
export function costWords(scopeKind: 'practice' | 'local' | 'live', region: string, hourlyUsd: number): string {
  if (hourlyUsd === 0) return t('Nothing by the hour.');
  const price = hourlyUsd.toFixed(hourlyUsd < 0.1 ? 4 : 3).replace(/0{1,2}$/, '');
  switch (scopeKind) {
    case 'practice':
      return t('Practice: nothing is billed. On AWS about {0} USD an hour (us-east-1, {1}).', price, PRICES_AS_OF);
    case 'local':
      return t('Local: nothing is billed. On AWS about {0} USD an hour (us-east-1, {1}).', price, PRICES_AS_OF);
    case 'live':
      return region === 'us-east-1'
        ? t('About {0} USD an hour until it is deleted ({1}), data apart.', price, PRICES_AS_OF)
        : t('About {0} USD an hour until it is deleted (us-east-1 price, {1}), data apart.', price, PRICES_AS_OF);
  }
}

/** What AWS says beforehand of the right to do it. */
export function permissionWords(kind: 'allowed' | 'denied' | 'unknown'): string {
  switch (kind) {
    case 'allowed':
      return t('AWS would allow it (DryRun).');
    case 'denied':
      return t('AWS would refuse it (DryRun).');
    case 'unknown':
      return t('Not asked beforehand.');
  }
}

/** What is left of a change that was cancelled or failed half-way. */
export function leftoverWords(labels: readonly string[]): string {
  return labels.length === 1
    ? t('This exists already: {0}.', labels[0] as string)
    : t('These exist already: {0}.', labels.join(', '));
}

/** What a removal takes off the bill; empty when that is nothing, or not known. */
export function savedCostWords(hourlyUsd: number): string {
  if (hourlyUsd === 0) return '';
  return t('It stops costing about {0} USD an hour on AWS (us-east-1, {1}).', hourlyUsd.toFixed(4), PRICES_AS_OF);
}
