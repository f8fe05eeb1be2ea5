import type { Clock } from '../../base/clock';
import { type Disposable, DisposableSlot, DisposableStore } from '../../base/disposable';
import type { Event } from '../../base/event';
import type { ResourceStore, Scope, ScopeStore } from '../appModel';
import type { InboxEntry } from './pendingRequests';

export interface InboxWatchOptions {
  readonly store: ResourceStore<InboxEntry>;
  readonly scopes: ScopeStore;
  readonly clock: Clock;
  /** Whether anybody can see the window. */
  isAwake(): boolean;
  readonly onDidWake: Event<void>;
  /** Time between two readings; 0: only when asked by hand. */
  pollMs(): number;
}

/** How much longer each gap gets while nothing changes, and at most. */
const growth = 1.25;
const mostGrowth = 5;
/** After a failure the gap doubles, to an hour at most: a sign-in that has expired is not asked every minute. */
const failureGrowth = 2;
const mostGapMs = 60 * 60_000;

const soonMs = 3_000;

interface Poll {
  readonly alarm: DisposableSlot<Disposable>;
  gapMs: number;
  dueMs: number;
}

/**
 * Keeps the inbox fresh whether or not its view is to be seen, as the count on the activity bar is: while the window has the focus, scope by
 * scope, with growing gaps.
 */
export class InboxWatch implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #polls = new Map<Scope, Poll>();

  constructor(private readonly options: InboxWatchOptions) {
    const { store, scopes, onDidWake } = options;
    this.#owned.add(scopes.onDidChange(() => this.#followScopes()));
    this.#owned.add(store.onDidChange(({ scope }) => this.#restart(scope)));
    this.#owned.add(onDidWake(() => this.wake()));
    this.#followScopes();
  }

  /** Sets all alarms anew: the window has the focus again, or the setting has changed. */
  wake(): void {
    for (const [scope, poll] of this.#polls) this.#setAlarm(scope, poll);
  }

  /** Something has happened that may have made a request, or the view was opened: reads soon. */
  hasten(): void {
    for (const [scope, poll] of this.#polls) {
      poll.gapMs = this.options.pollMs();
      poll.dueMs = Math.min(poll.dueMs, this.options.clock.now() + soonMs);
      this.#setAlarm(scope, poll);
    }
  }

  dispose(): void {
    for (const { alarm } of this.#polls.values()) alarm.dispose();
    this.#polls.clear();
    this.#owned.dispose();
  }

  #followScopes(): void {
    const { scopes } = this.options.scopes;
    for (const [scope, { alarm }] of this.#polls) {
      if (scopes.includes(scope)) continue;
      alarm.dispose();
      this.#polls.delete(scope);
    }
    for (const scope of scopes) {
      if (this.#polls.has(scope)) continue;
      const poll = { alarm: new DisposableSlot<Disposable>(), gapMs: 0, dueMs: 0 };
      this.#polls.set(scope, poll);
      this.#plan(scope, poll, this.options.pollMs());
    }
  }

  /** Something has changed, so more may. */
  #restart(scope: Scope): void {
    const poll = this.#polls.get(scope);
    if (poll && !this.options.store.get(scope).error) this.#plan(scope, poll, this.options.pollMs());
  }

  #plan(scope: Scope, poll: Poll, gapMs: number): void {
    poll.gapMs = gapMs;
    poll.dueMs = this.options.clock.now() + gapMs;
    this.#setAlarm(scope, poll);
  }

  #setAlarm(scope: Scope, poll: Poll): void {
    const { clock } = this.options;
    poll.alarm.value = undefined;
    if (this.options.pollMs() <= 0 || !this.options.isAwake()) return;
    poll.alarm.value = clock.after(Math.max(0, poll.dueMs - clock.now()), () => void this.#read(scope, poll));
  }

  async #read(scope: Scope, poll: Poll): Promise<void> {
    const baseMs = this.options.pollMs();
    const gapMs = Math.max(poll.gapMs, baseMs);
    poll.gapMs = gapMs;
    const nextMs = await this.options.store.refresh(scope).then(
      () => Math.min(gapMs * growth, baseMs * mostGrowth),
      () => Math.min(gapMs * failureGrowth, mostGapMs),
    );
    // A change on the way has planned the next reading already.
    if (this.#polls.get(scope) === poll && poll.dueMs <= this.options.clock.now()) this.#plan(scope, poll, nextMs);
  }
}
