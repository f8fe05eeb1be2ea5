import type { Scope } from '../../app/appModel';
import type { Survivor } from '../../app/labs/cleanUp';
import type { LabOutcome, LabProgress, StepOutcome } from '../../app/labs/labProgress';
import { actionWords, checkWords, thingWords } from '../../app/labs/labWords';
import type { Breakage, Lab } from '../../labs/lab';
import type { CommandResult } from '../../labs/labEvidence';
import { costSentence } from '../../words/endpointPlans';
import { describeError } from '../../words/errors';
import { say, tell } from '../../words/prose';
import { t } from '../../words/translation';
import { describeVerdict } from '../../words/verdict';

/** Packets and lines of a command's output that are shown before the rest is counted. */
const shownPackets = 40;
const shownOutputLines = 12;

/** Writes a run of a lab as lines of text, as it goes on. */
export class LabTranscript {
  #lastWait = '';

  constructor(private readonly write: (line: string) => void) {}

  begin(lab: Lab, scopes: readonly Scope[], breakage: Breakage | undefined): void {
    this.write(`${say(lab.title)} (${lab.id})`);
    this.write(say(lab.goal));
    for (const { kind, label, region } of scopes) this.write(`${kind.toUpperCase()} · ${label} · ${region}`);
    this.write(costSentence(scopes[0]?.kind ?? 'live', lab.hourlyPriceUsd));
    if (breakage) this.write(t('A mistake on purpose: {0}', say(breakage.title)));
  }

  tell(progress: LabProgress): void {
    switch (progress.kind) {
      case 'stepBegun':
        this.#lastWait = '';
        this.write('');
        this.write(`${progress.step.id}  ${say(progress.step.title)}`);
        break;
      case 'acting':
        this.write(`     → ${actionWords(progress.action)}`);
        break;
      case 'broken':
        if (progress.instead.length === 0)
          this.write(`     ✗ ${t('Left out on purpose: {0}', actionWords(progress.wanted))}`);
        break;
      case 'waiting':
        this.#wait(checkWords(progress.check));
        break;
      case 'ran':
        this.#command(progress.result);
        break;
      case 'captured':
        this.#captured(progress.watched);
        break;
      case 'stepEnded':
        this.#stepEnded(progress.outcome);
        break;
      case 'cleaning':
        if (progress.state === 'gone')
          this.write(`     − ${thingWords(progress.entry.thing, progress.entry.resourceId)}`);
        break;
    }
  }

  end(outcome: LabOutcome): void {
    this.write('');
    for (const survivor of outcome.survivors) this.write(survivorWords(survivor));
    this.write(outcome.isProved ? t('Proved.') : notProved(outcome.steps));
  }

  /** The same wait is said once. */
  #wait(why: string): void {
    if (why === this.#lastWait) return;
    this.#lastWait = why;
    this.write(`     … ${why}`);
  }

  #command({ output, exitCode }: CommandResult): void {
    const lines = output.split('\n').filter(line => line.trim() !== '');
    for (const line of lines.slice(0, shownOutputLines)) this.write(`       ${line.trimEnd()}`);
    if (lines.length > shownOutputLines)
      this.write(`       ${t('… and {0} more lines', lines.length - shownOutputLines)}`);
    this.write(`       ${exitCode === undefined ? t('It did not end.') : t('Exit code {0}', exitCode)}`);
  }

  #captured({ result, verdict, packetLines }: Extract<LabProgress, { kind: 'captured' }>['watched']): void {
    this.#command(result);
    for (const line of packetLines.slice(0, shownPackets)) this.write(`       ${line}`);
    if (packetLines.length > shownPackets)
      this.write(`       ${t('… and {0} more packets', packetLines.length - shownPackets)}`);
    // A step that watches something else than calls to a service of AWS has a check of its own.
    if (verdict.kind === 'cannotTell') return;
    const { label, sentence } = describeVerdict(verdict);
    this.write(`     ${label}. ${sentence}`);
  }

  #stepEnded({ check, cause, error }: StepOutcome): void {
    if (error) {
      const { sentence, hint } = describeError(error);
      this.write(`     ✗ ${[sentence, hint].filter(Boolean).join(' ')}`);
      return;
    }
    const mark = check.state === 'holds' ? '✓' : check.state === 'fails' ? '✗' : '?';
    this.write(`     ${mark} ${checkWords(check)}`);
    if (cause) this.write(`       ${t('Cause: {0}.', tell(cause))}`);
  }
}

/** What the clean-up could not take away, and why. */
export function survivorWords({ entry, error }: Survivor): string {
  const thing = thingWords(entry.thing, entry.resourceId);
  return error
    ? t('Not deleted: {0}. {1}', thing, describeError(error).sentence)
    : t('Not deleted: {0}. It is still there.', thing);
}

/** The last line names the cause: of the proof where it failed, else of the first step that is not done. */
function notProved(steps: readonly StepOutcome[]): string {
  const failed = steps.filter(({ check }) => check.state !== 'holds');
  const named = failed.find(({ cause }) => cause) ?? failed[0];
  if (!named) return t('Not proved: not every step was reached.');
  if (named.cause) return t('Not proved: {0}.', tell(named.cause));
  return t('Not proved: {0}', named.error ? describeError(named.error).sentence : checkWords(named.check));
}
