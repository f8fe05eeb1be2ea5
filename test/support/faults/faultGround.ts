import type { Scope } from '../../../src/app/appModel';
import type { ChangeContext } from '../../../src/app/changes/plannedChange';
import type { Stores } from '../../../src/app/stores';
import type { Clock } from '../../../src/base/clock';

/** What a write of the fault runs stands on. */
export interface FaultGround {
  /** Who writes. */
  readonly scope: Scope;
  /** Another account in the same region. */
  readonly other: Scope;
  /** The account that writes, in another region. */
  readonly elsewhere: Scope;
  readonly stores: Stores;
  readonly clock: Clock;
}

/** A write, however it ends. */
export interface Write {
  run(context: ChangeContext): Promise<unknown>;
}

export interface FaultedOperation {
  readonly name: string;
  /** Plans the write; what it needs is made here, undisturbed. */
  prepare(ground: FaultGround): Promise<Write>;
}

/** For writes that nothing shall happen to. */
export const undisturbed: ChangeContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  made: () => undefined,
};

/** The one that the world must have. */
export function theFirst<T>(items: readonly T[], what: string): T {
  const [first] = items;
  if (first === undefined) throw new Error(`The world has no ${what}`);
  return first;
}

/** A change that is one: what differs from what there is. */
export function planned<T>(change: T | undefined): T {
  if (change === undefined) throw new Error('Nothing would change');
  return change;
}
