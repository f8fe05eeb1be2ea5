import { type Clock, delay } from '../../base/clock';
import type { CloudGateways } from '../../core/ports/gateways';
import type { Telling } from '../../core/prose';
import type { Check } from '../../labs/check';
import type { Breakage, Lab, Step } from '../../labs/lab';
import type { LabAction } from '../../labs/labAction';
import { type LabEvidence, noEvidence } from '../../labs/labEvidence';
import type { LabWorld } from '../../labs/labWorld';
import { asLabError } from '../asLabError';
import { cleanUp, type Survivor } from './cleanUp';
import type { InstanceWork } from './instanceWork';
import type { LabOutcome, LabProgress, StepOutcome } from './labProgress';
import type { Ledger, LedgerRun } from './ledger';
import { performAction } from './performAction';
import { readLabWorld } from './readLabWorld';

export interface LabRunOptions {
  readonly gateways: CloudGateways;
  readonly work: InstanceWork;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly run: LedgerRun;
  /** A mistake to make on purpose. */
  readonly breakage?: Breakage | undefined;
  /** Leaves everything standing; the ledger remembers it. */
  readonly isKept?: boolean;
  /** First gap between two looks at the world; it widens to three times that. 5 s on AWS. */
  readonly pollMs: number;
  /** How long to wait for one step, or for one thing to go. 10 min on AWS. */
  readonly patienceMs: number;
  readonly onProgress?: (progress: LabProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Does a lab step by step: looks whether a step is done, does what is missing, waits, proves. Stops at the first step that cannot be done,
 * except where the mistake was made on purpose, and always cleans up (unless kept). Resumes a run whose ledger has entries. Never
 * rejects for what a step did; an aborted run rejects with the signal's reason after the clean-up.
 */
export async function runLab(lab: Lab, options: LabRunOptions): Promise<LabOutcome> {
  const run = new LabRun(lab, options);
  const steps: StepOutcome[] = [];
  for (const step of lab.steps) {
    if (isCleanUp(step)) continue;
    const outcome = await run.do(step);
    steps.push(outcome);
    if (options.signal?.aborted || !run.mayGoOn(outcome)) break;
  }
  if (options.isKept) return { steps, isProved: isComplete(lab, steps, true), survivors: [] };
  const { outcome, survivors } = await run.cleanUp(lab.steps.find(isCleanUp));
  if (outcome) steps.push(outcome);
  options.signal?.throwIfAborted();
  return { steps, isProved: isComplete(lab, steps, false), survivors };
}

const isCleanUp = (step: Step) => step.isCleanUp === true;

function isComplete(lab: Lab, steps: readonly StepOutcome[], isKept: boolean): boolean {
  const expected = lab.steps.filter(step => !isKept || !isCleanUp(step));
  return steps.length === expected.length && steps.every(({ check }) => check.state === 'holds');
}

class LabRun {
  #evidence: LabEvidence = noEvidence;

  constructor(
    private readonly lab: Lab,
    private readonly options: LabRunOptions,
  ) {}

  /** After a mistake on purpose the lab goes on to show what it does. */
  mayGoOn({ check, error }: StepOutcome): boolean {
    return check.state === 'holds' || (this.options.breakage !== undefined && !error);
  }

  async do(step: Step): Promise<StepOutcome> {
    this.#tell({ kind: 'stepBegun', step });
    try {
      const world = await this.#settle(step);
      return this.#end(step, step.proof ?? step.done, world);
    } catch (error) {
      return this.#fail(step, error);
    }
  }

  async cleanUp(step: Step | undefined): Promise<{ outcome: StepOutcome | undefined; survivors: readonly Survivor[] }> {
    const { gateways, ledger, clock, run, pollMs, patienceMs } = this.options;
    if (step) this.#tell({ kind: 'stepBegun', step });
    const survivors = await cleanUp({
      gateways,
      ledger,
      clock,
      runId: run.runId,
      scopeId: run.scopeId,
      pollMs,
      patienceMs,
      onEntry: (entry, state) => this.#tell({ kind: 'cleaning', entry, state }),
    });
    if (!step) return { outcome: undefined, survivors };
    try {
      const world = await readLabWorld(gateways, this.lab, run.runId);
      return { outcome: this.#end(step, step.done, world), survivors };
    } catch (error) {
      return { outcome: this.#fail(step, error), survivors };
    }
  }

  /** Acts and waits until the step is done, or until there is nothing left to try. */
  async #settle(step: Step): Promise<LabWorld> {
    const { clock, pollMs, patienceMs, signal } = this.options;
    const deadline = clock.now() + patienceMs;
    const acted = new Set<string>();
    for (let gapMs = pollMs; ; ) {
      const world = await this.#read();
      const check = step.done(world, this.#evidence);
      if (check.state === 'holds') return world;
      const wanted = step.action(world, this.#evidence);
      const action = this.#altered(step, wanted);
      if (wanted && !action) return world;
      if (action && !acted.has(JSON.stringify(action))) {
        acted.add(JSON.stringify(action));
        await this.#act(step, action);
        continue;
      }
      // A proof that has been tried does not come true by waiting.
      if (step.proof || clock.now() + gapMs > deadline) return world;
      this.#tell({ kind: 'waiting', step, check });
      await delay(clock, gapMs, signal);
      gapMs = Math.min(gapMs * 1.5, pollMs * 3);
    }
  }

  #altered(step: Step, action: LabAction | undefined): LabAction | undefined {
    const { breakage } = this.options;
    if (!action || !breakage) return action;
    const altered = breakage.alter(action);
    if (altered !== action) this.#tell({ kind: 'broken', step, wanted: action, instead: altered });
    return altered;
  }

  async #act(step: Step, action: LabAction): Promise<void> {
    this.#tell({ kind: 'acting', step, action });
    const { gateways, ledger, run, work, clock, signal } = this.options;
    switch (action.operation) {
      case 'run': {
        const result = await work.run(action.instanceId, action.commandLine, signal);
        this.#evidence = { ...this.#evidence, commands: { ...this.#evidence.commands, [action.command]: result } };
        return this.#tell({ kind: 'ran', step, result });
      }
      case 'captureWhile': {
        const watched = await work.captureWhile(action.instanceId, action.filter, action.commandLine, signal);
        const commands = { ...this.#evidence.commands, [action.command]: watched.result };
        this.#evidence = { capture: watched.capture, commands };
        return this.#tell({ kind: 'captured', step, watched });
      }
      default:
        return performAction(action, { gateways, ledger, run, nowMs: clock.now(), signal });
    }
  }

  #read(): Promise<LabWorld> {
    const { gateways, run, signal } = this.options;
    return readLabWorld(gateways, this.lab, run.runId, { signal });
  }

  #end(step: Step, ask: Step['done'], world: LabWorld): StepOutcome {
    const check = ask(world, this.#evidence);
    return this.#told({ step, check, cause: this.#cause(check, world), error: undefined });
  }

  #cause(check: Check, world: LabWorld): Telling | undefined {
    if (check.state !== 'fails') return undefined;
    for (const { symptoms } of this.lab.steps) {
      for (const { recognise } of symptoms) {
        const cause = recognise?.(world, this.#evidence);
        if (cause) return cause;
      }
    }
    return undefined;
  }

  #fail(step: Step, caught: unknown): StepOutcome {
    const gap = { code: 'failed' as const, reading: step.id, detail: undefined };
    const outcome = { step, check: { state: 'unknown', gap } as const, cause: undefined };
    // Being told to stop is no failure of the step.
    if (this.options.signal?.aborted) return { ...outcome, error: undefined };
    return this.#told({ ...outcome, error: asLabError(caught) });
  }

  #told(outcome: StepOutcome): StepOutcome {
    this.#tell({ kind: 'stepEnded', outcome });
    return outcome;
  }

  #tell(progress: LabProgress): void {
    this.options.onProgress?.(progress);
  }
}
