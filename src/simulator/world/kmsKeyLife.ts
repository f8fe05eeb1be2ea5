import type { TransitionTable } from './world';

export const kmsDeletionDue = 'kmsKeyDeletion';

/** The end of a key whose waiting period was not cancelled meanwhile; its aliases go with it. */
export const kmsTransitions: TransitionTable = {
  [kmsDeletionDue]: (world, { place, subject }) => {
    const { kmsKeys, kmsAliases } = world.region(place);
    const key = kmsKeys.get(subject);
    if (key?.state !== 'PendingDeletion' || (key.deletionAtMs ?? 0) > world.timeline.now()) return;
    kmsKeys.delete(subject);
    for (const { name, keyId } of [...kmsAliases.values()]) if (keyId === subject) kmsAliases.delete(name);
  },
};
