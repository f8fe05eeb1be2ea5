import { isLabWorld, type WorldKind } from '../../worldKinds';
import type { World } from '../world';
import { homeRegion } from '../zones';
import { labWorlds } from './labWorlds';
import { seedBuckets } from './seedBuckets';
import { seedPractice } from './seedPractice';

/** What stands ready in a world when it begins. */
export function seedWorld(world: World, kind: WorldKind): void {
  for (const account of world.accounts) {
    for (const bucket of seedBuckets(account, world.chanceFor('buckets'), world.timeline.now()))
      world.buckets.set(bucket.name, bucket);
    world.region({ accountId: account.id, region: homeRegion });
    if (kind === 'default') seedPractice(world, account);
    if (isLabWorld(kind)) labWorlds[kind](world, account);
  }
}
