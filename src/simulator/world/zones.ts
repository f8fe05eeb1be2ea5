/** Regions of the practice cloud and their availability zones ("Amazon EC2: Regions and Zones"). */
import type { Region } from '../../core/ids';
import { region } from '../../core/ids';
import type { Chance } from '../chance';

export interface Zone {
  /** Name in one account: `ap-south-1a`. */
  readonly name: string;
  /** The same in every account: `aps1-az1`. */
  readonly id: string;
}

/** Prefix of each region's zone ids. */
const zonePrefixes: Readonly<Record<string, string>> = {
  'ap-south-1': 'aps1',
  'ap-southeast-1': 'apse1',
  'ap-southeast-2': 'apse2',
  'ap-northeast-1': 'apne1',
  'eu-central-1': 'euc1',
  'eu-west-1': 'euw1',
  'us-east-1': 'use1',
  'us-east-2': 'use2',
  'us-west-2': 'usw2',
};

export const practiceRegions: readonly Region[] = Object.keys(zonePrefixes).map(region);

/** Where the practice cloud's ready-made resources are. */
export const homeRegion = region('ap-south-1');

/** The order that an account of the first lab has: 1a is az1, 1b az3, 1c az2. */
const seedOrder = [1, 3, 2];

/** Zone names are shuffled per account; the first account in the home region keeps the order of the first lab. */
export function zonesOf(at: Region, accountIndex: number, chance: Chance): readonly Zone[] {
  const order = accountIndex === 0 && at === homeRegion ? seedOrder : shuffled([1, 2, 3], chance);
  return order.map((number, index) => ({
    name: `${at}${'abc'.charAt(index)}`,
    id: `${zonePrefixes[at]}-az${number}`,
  }));
}

function shuffled(numbers: readonly number[], chance: Chance): readonly number[] {
  const rest = [...numbers];
  return numbers.map(() => rest.splice(chance.between(0, rest.length - 1), 1)[0] as number);
}
