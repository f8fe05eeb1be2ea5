import { type Deferred, deferred } from '../base/async';
import { type Clock, delay } from '../base/clock';
import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { StatusEvent } from '../packet/reader/statusLine';
import type { ChannelStatus, SessionEnd } from '../ssm/channelStatus';
import type { Session } from '../ssm/session';
import { captureError } from './captureFailure';
import type { CaptureEnd } from './captureModel';
import { endedEarly } from './operations/runOnInstance';

/** `timeout` of coreutils says so when it ended the command; 127 is the shell's "not found". */
const TIMED_OUT = 124;
const NOT_FOUND = 127;

const BEGIN_LIMIT_MS = 30_000;

/** How tcpdump's life ended: with an exit status, or with its session. */
export type RunOutcome = { readonly exitStatus: number } | { readonly sessionEnd: SessionEnd };

export type Conclusion = { readonly end: CaptureEnd } | { readonly error: LabError };

/** One life of tcpdump on an instance, from the wish to its end. */
export class CaptureRun {
  readonly abort = new AbortController();
  readonly #listening: Deferred<void> = deferred();
  /** Everybody was told that it listens. */
  readonly begun: Deferred<void> = deferred();
  readonly outcome: Deferred<RunOutcome> = deferred();
  /** Settled when everything about the run is done and said. */
  readonly over: Deferred<void> = deferred();
  session: Session | undefined;
  /** The last thing said of the link that has not been made good. */
  link: ChannelStatus | undefined;
  interfaceName = 'any';
  /** tcpdump listens. */
  isListening = false;
  /** Somebody asked it to end. */
  isStopping = false;
  #failure: Extract<StatusEvent, { kind: 'failure' }> | undefined;

  constructor(
    readonly packetLimit: number,
    private readonly instanceId: InstanceId,
  ) {
    // Nobody may be waiting when it fails.
    this.outcome.promise.catch(() => undefined);
  }

  /** Resolves when tcpdump listens or is over; rejects with `sessionTimedOut` when neither comes about. */
  async begin(clock: Clock): Promise<void> {
    const patience = new AbortController();
    const tooLate = delay(clock, BEGIN_LIMIT_MS, patience.signal).then(
      () => Promise.reject(new LabError('sessionTimedOut')),
      () => undefined,
    );
    await Promise.race([this.#listening.promise, this.outcome.promise, tooLate]).finally(() => patience.abort());
  }

  noteLink(status: ChannelStatus): void {
    const isGood = status.kind === 'ready' || status.kind === 'reconnected' || status.kind === 'agentReachable';
    this.link = isGood ? undefined : status;
  }

  noteStatus(event: StatusEvent): void {
    if (event.kind === 'listening') {
      this.isListening = true;
      this.#listening.resolve();
    }
    // The first line that says something definite explains best.
    if (event.kind === 'failure' && (!this.#failure || this.#failure.failure === 'other')) this.#failure = event;
  }

  /** What the outcome means, given the packets that tcpdump counted. */
  conclude(outcome: RunOutcome, captured: number): Conclusion {
    if (this.isStopping) return { end: 'stopped' };
    if ('sessionEnd' in outcome) return this.#concludeSession(outcome.sessionEnd);
    const { exitStatus } = outcome;
    if (exitStatus === TIMED_OUT) return { end: 'timeLimit' };
    if (exitStatus === 0) return { end: captured >= this.packetLimit ? 'packetLimit' : 'stopped' };
    return { error: this.#explain(exitStatus) };
  }

  #concludeSession(end: SessionEnd): Conclusion {
    if (this.#failure && !this.isListening) return { error: this.#explain(undefined) };
    const isQuiet = this.isListening && (end.cause === 'finished' || end.cause === 'gone' || end.cause === 'timedOut');
    return isQuiet ? { end: 'sessionEnded' } : { error: endedEarly(end) };
  }

  #explain(exitStatus: number | undefined): LabError {
    const { instanceId, interfaceName } = this;
    const place = { instanceId, interfaceName };
    if (this.#failure) return captureError(this.#failure.failure, this.#failure.text, place);
    const detail = exitStatus === undefined ? '' : `exit status ${exitStatus}`;
    return captureError(exitStatus === NOT_FOUND ? 'toolMissing' : 'other', detail, place);
  }
}
