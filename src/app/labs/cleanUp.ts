import type { Clock } from '../../base/clock';
import type { LabError } from '../../core/errors';
import type { CloudGateways } from '../../core/ports/gateways';
import { asLabError } from '../asLabError';
import type { Ledger, LedgerEntry } from './ledger';
import { kindOf, removalRank } from './things/ledgerThing';

/** Something that could not be taken away, and why. */
export interface Survivor {
  readonly entry: LedgerEntry;
  readonly error: LabError | undefined;
}

export interface CleanUpOptions {
  /** By scope id, where the run took place; entries of other scopes are left alone. */
  readonly gateways: ReadonlyMap<string, CloudGateways>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly runId: string;
  /** First gap between two looks; it widens to three times that. 5 s on AWS. */
  readonly pollMs: number;
  /** When to give up on one thing. 10 min on AWS. */
  readonly patienceMs: number;
  readonly onEntry?: (entry: LedgerEntry, state: 'deleting' | 'gone') => void;
  readonly signal?: AbortSignal;
}

/** Takes away what a run made, in order, waits until it is gone, gives changed values back, and lists what would not go. */
export async function cleanUp(options: CleanUpOptions): Promise<readonly Survivor[]> {
  const { ledger, runId, gateways } = options;
  const entries = (await ledger.open(runId)).filter(({ scopeId }) => gateways.has(scopeId));
  // What was made later may use what was made earlier.
  const sorted = [...entries].reverse().sort((a, b) => removalRank(a.thing) - removalRank(b.thing));
  const survivors: Survivor[] = [];
  for (const entry of sorted) {
    try {
      options.onEntry?.(entry, 'deleting');
      if (await remove(entry, options)) {
        await ledger.gone(entry.id);
        options.onEntry?.(entry, 'gone');
      } else survivors.push({ entry, error: undefined });
    } catch (error) {
      options.signal?.throwIfAborted();
      survivors.push({ entry, error: asLabError(error) });
    }
  }
  return survivors;
}

/** Resolves with whether it is gone. */
async function remove({ thing, resourceId, scopeId }: LedgerEntry, options: CleanUpOptions): Promise<boolean> {
  const gateways = options.gateways.get(scopeId);
  return gateways !== undefined && kindOf(thing).remove(thing, resourceId, { ...options, gateways });
}
