import type { CallDesk } from '../callDesk';
import { ServiceFault } from '../protocols/serviceFault';
import type { World } from '../world/world';
import type { JournalEntry } from './journal';

export interface Stage {
  readonly world: World;
  readonly desk: CallDesk;
}

/** Tells a journal again, each entry at its time, up to a moment. What AWS refused then is refused again. */
export async function replay(
  { world, desk }: Stage,
  journal: readonly JournalEntry[],
  untilMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  for (const entry of journal) {
    if (entry.atMs > untilMs) break;
    world.timeline.advanceTo(entry.atMs);
    if ('effect' in entry) world.takeEffect(entry.effect);
    else await performAgain(desk, entry.call);
  }
  if (Number.isFinite(untilMs)) world.timeline.advanceTo(untilMs);
}

async function performAgain(desk: CallDesk, call: Parameters<CallDesk['perform']>[0]): Promise<void> {
  try {
    await desk.perform(call);
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
  }
}
