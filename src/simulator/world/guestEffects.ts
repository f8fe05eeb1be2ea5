import { type InstanceId, instanceId } from '../../core/ids';
import type { Place } from '../../core/network';
import { applyGuestEffect, freshGuest, type GuestEffect } from './guestState';
import type { TransitionTable, World } from './world';

const kind = 'guestChanged';

/** Tells the world what an instance wants to keep. What comes from a machine after its end is lost with it. */
export function recordGuestEffect(world: World, place: Place, id: InstanceId, effect: GuestEffect): void {
  const state = world.region(place).instances.get(id)?.state;
  if (state === undefined || state === 'shuttingDown' || state === 'terminated') return;
  world.takeEffect({ kind, place, subject: id, detail: { effect } });
}

/** What guests do to the world. */
export const guestTransitions: TransitionTable = {
  [kind]: (world, { place, subject, detail }) => {
    const { guestStates } = world.region(place);
    const id = instanceId(subject);
    guestStates.set(id, applyGuestEffect(guestStates.get(id) ?? freshGuest, detail?.effect as GuestEffect));
  },
};
