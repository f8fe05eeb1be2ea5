import { type Clock, delay } from '../../../base/clock';
import type { ErrorCode, LabError } from '../../../core/errors';
import { gapError } from '../../../core/gaps';
import type { Tags } from '../../../core/network';
import type { CallOptions } from '../../../core/ports/calls';
import type { CloudGateways } from '../../../core/ports/gateways';
import type { SnapshotPart } from '../../../core/ports/networkGateway';
import { orGap } from '../../../core/reading';
import type { NetworkSnapshot } from '../../../core/snapshot';
import { runTag } from '../../../labs/labWorld';
import { asLabError } from '../../asLabError';

/** What taking things away needs: the account they are in, and how long to wait. */
export interface Removal extends CallOptions {
  readonly gateways: CloudGateways;
  readonly clock: Clock;
  readonly runId: string;
  /** First gap between two looks; it widens to three times that. 5 s on AWS. */
  readonly pollMs: number;
  /** When to give up on one thing. 10 min on AWS. */
  readonly patienceMs: number;
}

/** Something else still uses the thing: it goes later. */
const stillUsed: readonly ErrorCode[] = [
  'dependencyViolation',
  'serviceHasConnections',
  'loadBalancerInUse',
  'targetGroupInUse',
];
const missing: readonly ErrorCode[] = ['resourceNotFound', 'endpointNotFound'];

/**
 * Deletes, again while something still uses the thing, and waits until it is gone. What is missing already is gone. Resolves with whether
 * it went; rejects with the refusal where the thing was in use to the end of our patience.
 */
export async function takeAway(
  removal: Removal,
  remove: () => Promise<unknown>,
  isGone: () => Promise<boolean> = async () => true,
): Promise<boolean> {
  let use: LabError | undefined;
  let isDeleted = false;
  const went = await until(removal, async () => {
    if (!isDeleted) {
      use = await useOf(remove);
      isDeleted = use === undefined;
    }
    return isDeleted && isGone();
  });
  if (!went && use) throw use;
  return went;
}

/** Carries a deletion out; resolves with the refusal when something still uses the thing. */
async function useOf(remove: () => Promise<unknown>): Promise<LabError | undefined> {
  try {
    await remove();
  } catch (caught) {
    const error = asLabError(caught);
    if (stillUsed.includes(error.code)) return error;
    if (!missing.includes(error.code)) throw error;
  }
  return undefined;
}

async function until({ clock, pollMs, patienceMs, signal }: Removal, isSo: () => Promise<boolean>): Promise<boolean> {
  const deadline = clock.now() + patienceMs;
  for (let gapMs = pollMs; ; gapMs = Math.min(gapMs * 1.5, pollMs * 3)) {
    if (await isSo()) return true;
    if (clock.now() + gapMs > deadline) return false;
    await delay(clock, gapMs, signal);
  }
}

/** Asks a snapshot with some parts; rejects where one that the question needs could not be read. */
export async function askNetwork<T>(
  { gateways, signal }: Pick<Removal, 'gateways' | 'signal'>,
  parts: readonly SnapshotPart[],
  question: (snapshot: NetworkSnapshot) => T,
): Promise<T> {
  const snapshot = await gateways.network.readSnapshot(parts, { signal });
  const answer = orGap(() => question(snapshot));
  if (answer.known) return answer.value;
  throw gapError(answer.gap);
}

/** What the run made under this name. */
export const isMadeAs =
  ({ runId }: Pick<Removal, 'runId'>, name: string) =>
  ({ tags }: { readonly tags?: Tags }) =>
    tags?.[runTag] === runId && tags.Name === name;
