import type { LabError } from '../../core/errors';
import type { Telling } from '../../core/prose';
import type { Check } from '../../labs/check';
import type { Step } from '../../labs/lab';
import type { LabAction } from '../../labs/labAction';
import type { CommandResult } from '../../labs/labEvidence';
import type { Survivor } from './cleanUp';
import type { WatchedCommand } from './instanceWork';
import type { LedgerEntry } from './ledger';

/** What a run of a lab tells while it goes on, as values. */
export type LabProgress =
  | { readonly kind: 'stepBegun'; readonly step: Step }
  | { readonly kind: 'acting'; readonly step: Step; readonly action: LabAction }
  /** The mistake that was asked for: what was wanted is left out, or done as `instead` says. */
  | {
      readonly kind: 'broken';
      readonly step: Step;
      readonly wanted: LabAction;
      readonly instead: readonly LabAction[];
    }
  | { readonly kind: 'waiting'; readonly step: Step; readonly check: Check }
  | { readonly kind: 'ran'; readonly step: Step; readonly result: CommandResult }
  | { readonly kind: 'captured'; readonly step: Step; readonly watched: WatchedCommand }
  | { readonly kind: 'stepEnded'; readonly outcome: StepOutcome }
  | { readonly kind: 'cleaning'; readonly entry: LedgerEntry; readonly state: 'deleting' | 'gone' };

export interface StepOutcome {
  readonly step: Step;
  /** The proof where the step has one, else whether it is done. */
  readonly check: Check;
  /** The cause, where a symptom of the lab was recognised. */
  readonly cause: Telling | undefined;
  /** What stopped the step. */
  readonly error: LabError | undefined;
}

export interface LabOutcome {
  readonly steps: readonly StepOutcome[];
  /** Every step was reached and holds; the clean-up too, unless it was put off. */
  readonly isProved: boolean;
  /** What the clean-up could not take away. */
  readonly survivors: readonly Survivor[];
}
