import type { Prose, Telling } from '../core/prose';
import type { Check } from './check';
import type { LabAction } from './labAction';
import type { LabEvidence } from './labEvidence';
import type { AccountRole, LabPart, LabSite, LabWorld } from './labWorld';

/** A question to the account that the step is about; to the others by `world`. */
export type Question<Answer> = (site: LabSite, evidence: LabEvidence, world: LabWorld) => Answer;

/** A mistake that people make, how it shows, and what it comes from. */
export interface Symptom {
  /** What one sees. */
  readonly seen: Prose;
  /** Names the cause when this is what happened. Absent when it shows in an error only, not in the world or the evidence. */
  readonly recognise?: Question<Telling | undefined>;
}

/** A step of a lab. Its checks look at the world only, so doing it by hand in the console turns it green as well. */
export interface Step {
  /** As in `1.4`. */
  readonly id: string;
  /** Whose step it is; the lab's first account without it. */
  readonly account?: AccountRole;
  readonly title: Prose;
  /** Why one does this. */
  readonly reason: Prose;
  /** From a nudge to the answer. */
  readonly hints: readonly [Prose, Prose, Prose];
  readonly symptoms: readonly Symptom[];
  /** Whether the world is as this step leaves it. */
  readonly done: Question<Check>;
  /** Whether packets and commands show it; absent for steps that only change the world. */
  readonly proof?: Question<Check>;
  /** The last step: it takes everything away. */
  readonly isCleanUp?: true;
  /** The next thing that "Do it for me" does; undefined when there is nothing left but to wait. */
  readonly action: Question<LabAction | undefined>;
}

/** A mistake that can be made on purpose, to see the proof fail. */
export interface Breakage {
  /** As typed on the command line: `no-443`. */
  readonly id: string;
  readonly title: Prose;
  /** What the mistake does in place of a step's action; nothing where it leaves it out. It looks at the account that the step is about. */
  readonly alter: (action: LabAction, site: LabSite, step: Step) => readonly LabAction[];
}

export interface Lab {
  readonly id: string;
  readonly title: Prose;
  readonly goal: Prose;
  /** Whose accounts it takes place in; that of a step which names none first. */
  readonly accounts: readonly [AccountRole, ...AccountRole[]];
  /** What its checks look at; only this is read. */
  readonly reads: readonly LabPart[];
  /** US dollars an hour while it is open, at the prices of us-east-1. */
  readonly hourlyPriceUsd: number;
  readonly steps: readonly Step[];
  readonly breakages: readonly Breakage[];
}

/** Whose step it is. */
export const accountOf = (lab: Lab, step: Step): AccountRole => step.account ?? lab.accounts[0];
