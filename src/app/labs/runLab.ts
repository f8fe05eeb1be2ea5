import { type Clock, delay } from '../../base/clock';
import { LabError } from '../../core/errors';
import type { CloudGateways } from '../../core/ports/gateways';
import type { Telling } from '../../core/prose';
import { orGap, valueOr } from '../../core/reading';
import type { Check } from '../../labs/check';
import { accountOf, type Breakage, type Lab, type Question, type Step } from '../../labs/lab';
import type { LabAction } from '../../labs/labAction';
import { type LabEvidence, noEvidence } from '../../labs/labEvidence';
import type { AccountRole, LabWorld } from '../../labs/labWorld';
import { asLabError } from '../asLabError';
import { cleanUp, type Survivor } from './cleanUp';
import type { InstanceWork } from './instanceWork';
import type { LabOutcome, LabProgress, StepOutcome } from './labProgress';
import type { Ledger } from './ledger';
import { performAction } from './performAction';
import { readLabWorld } from './readLabWorld';

/** One account that a run takes place in. */
export interface LabAccount {
  readonly scopeId: string;
  readonly gateways: CloudGateways;
  readonly work: InstanceWork;
}

export interface LabRunOptions {
  /** One for each role of the lab's. */
  readonly accounts: ReadonlyMap<AccountRole, LabAccount>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly runId: string;
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
  /** The mistake on purpose has been made. */
  #isBroken = false;

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
    const { accounts, ledger, clock, runId, pollMs, patienceMs } = this.options;
    if (step) this.#tell({ kind: 'stepBegun', step });
    const survivors = await cleanUp({
      gateways: new Map([...accounts.values()].map(({ scopeId, gateways }) => [scopeId, gateways])),
      ledger,
      clock,
      runId,
      pollMs,
      patienceMs,
      onEntry: (entry, state) => this.#tell({ kind: 'cleaning', entry, state }),
    });
    if (!step) return { outcome: undefined, survivors };
    try {
      return { outcome: this.#end(step, step.done, await this.#read(undefined)), survivors };
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
      const world = await this.#read(signal);
      const check = this.#ask(step, step.done, world);
      if (check.state === 'holds') return world;
      const wanted = valueOr(
        orGap(() => this.#ask(step, step.action, world)),
        undefined,
      );
      const actions = wanted ? this.#altered(step, wanted, world) : [];
      const next = actions.find(action => !acted.has(JSON.stringify(action)));
      if (next) {
        acted.add(JSON.stringify(next));
        await this.#act(step, next);
        continue;
      }
      // What a mistake keeps from being done does not come true by waiting, nor does a proof that has been tried.
      const isPrevented = wanted !== undefined && !actions.includes(wanted);
      const isInVain = isPrevented || step.proof !== undefined || this.#isMistakeSeen(step, world);
      if (isInVain || clock.now() + gapMs > deadline) return world;
      this.#tell({ kind: 'waiting', step, check });
      await delay(clock, gapMs, signal);
      gapMs = Math.min(gapMs * 1.5, pollMs * 3);
    }
  }

  /** A mistake was made on purpose, and the step itself recognises what it leads to: that does not come right by waiting. */
  #isMistakeSeen(step: Step, world: LabWorld): boolean {
    return this.#isBroken && this.#recognised([step], world) !== undefined;
  }

  /** What is done for an action: itself, or what the mistake that was asked for makes of it. */
  #altered(step: Step, wanted: LabAction, world: LabWorld): readonly LabAction[] {
    const { breakage } = this.options;
    if (!breakage) return [wanted];
    const instead = this.#ask(step, site => breakage.alter(wanted, site, step), world);
    if (!instead.includes(wanted)) {
      this.#isBroken = true;
      this.#tell({ kind: 'broken', step, wanted, instead });
    }
    return instead;
  }

  async #act(step: Step, action: LabAction): Promise<void> {
    this.#tell({ kind: 'acting', step, action });
    const { ledger, runId, clock, signal } = this.options;
    const { scopeId, gateways, work } = this.#accountOf(step);
    switch (action.operation) {
      case 'run': {
        const result = await work.run(action.instanceId, action.commandLine, signal);
        this.#note('commands', action.command, result);
        return this.#tell({ kind: 'ran', step, result });
      }
      case 'captureWhile': {
        const { commandInstanceId: instanceId = action.instanceId, commandLine } = action;
        const watched = await work.captureWhile(action, { instanceId, commandLine }, signal);
        this.#note('commands', action.command, watched.result);
        this.#note('captures', action.command, watched.capture);
        return this.#tell({ kind: 'captured', step, watched });
      }
      case 'logIn': {
        const result = await work.logIn(action.instanceId, action.endpointId, action.commandLine, signal);
        this.#note('commands', action.command, result);
        return this.#tell({ kind: 'ran', step, result });
      }
      case 'lookUpService': {
        const offers = await gateways.endpoints.findService(action.serviceName, undefined, { signal });
        return this.#note('lookUps', action.lookUp, offers.length > 0);
      }
      default: {
        const run = { labId: this.lab.id, runId, scopeId };
        return performAction(action, { gateways, ledger, run, nowMs: clock.now(), signal });
      }
    }
  }

  #note<Kind extends keyof LabEvidence>(kind: Kind, name: string, found: LabEvidence[Kind][string]): void {
    this.#evidence = { ...this.#evidence, [kind]: { ...this.#evidence[kind], [name]: found } };
  }

  #accountOf(step: Step): LabAccount {
    const account = this.options.accounts.get(accountOf(this.lab, step));
    if (!account) throw new LabError('internal');
    return account;
  }

  #read(signal: AbortSignal | undefined): Promise<LabWorld> {
    const { accounts, runId } = this.options;
    const gateways = new Map([...accounts].map(([role, account]) => [role, account.gateways]));
    return readLabWorld(gateways, this.lab, runId, { signal });
  }

  /** Asks the account that the step is about. */
  #ask<Answer>(step: Step, question: Question<Answer>, world: LabWorld): Answer {
    const site = world.get(accountOf(this.lab, step));
    if (!site) throw new LabError('internal');
    return question(site, this.#evidence, world);
  }

  #end(step: Step, question: Question<Check>, world: LabWorld): StepOutcome {
    const check = this.#ask(step, question, world);
    return this.#told({ step, check, cause: this.#cause(step, check, world), error: undefined });
  }

  /** The step's own symptoms explain it best; what went wrong earlier may show only now. */
  #cause(step: Step, check: Check, world: LabWorld): Telling | undefined {
    if (check.state !== 'fails') return undefined;
    return this.#recognised([step, ...this.lab.steps.slice(0, this.lab.steps.indexOf(step))], world);
  }

  /** The first cause that symptoms of these steps name. What hangs on an unread part explains nothing. */
  #recognised(steps: readonly Step[], world: LabWorld): Telling | undefined {
    for (const step of steps) {
      for (const { recognise } of step.symptoms) {
        const cause = recognise && orGap(() => this.#ask(step, recognise, world));
        if (cause?.known && cause.value) return cause.value;
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
