import type { WorldKind } from '../worldKinds';
import { seedBuckets } from './seedBuckets';
import { seedInstance } from './seedInstance';
import { seedWizardGroup } from './seedWizardGroup';
import type { World } from './world';
import { homeRegion } from './zones';

/** What stands ready in a world when it begins. */
export function seedWorld(world: World, kind: WorldKind): void {
  for (const account of world.accounts) {
    for (const bucket of seedBuckets(account, world.chanceFor('buckets'), world.timeline.now()))
      world.buckets.set(bucket.name, bucket);
    world.region({ accountId: account.id, region: homeRegion });
    if (kind !== 'default') continue;
    seedInstance(world, account);
    seedWizardGroup(world, account);
  }
}
