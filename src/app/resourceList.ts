import type { Clock } from '../base/clock';
import { type Disposable, DisposableSlot, toDisposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Loadable, ResourceStore, Scope } from './appModel';
import { asLabError } from './asLabError';
import { changedIds } from './changedIds';

/** One kind of resource: how it is read and when it is in motion. */
export interface ResourceKind<T> {
  read(scope: Scope, signal: AbortSignal): Promise<readonly T[]>;
  idOf(item: T): string;
  /** Everything of it that is shown, as text: two readings with the same print look the same. */
  fingerprint(item: T): string;
  isMoving(item: T): boolean;
}

/** Gaps between readings while something moves; the last one repeats until the limit. */
const pollGapsMs = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 20_000] as const;
const pollLimitMs = 15 * 60_000;
/** After a change of our own, AWS may show the old state, or not know a new id, for a while. */
const settleMs = 6_000;
const expectNewIdMs = 60_000;

interface Shelf<T> {
  state: Loadable<readonly T[]>;
  reading: Promise<readonly T[]> | undefined;
  abort: AbortController;
  watchers: number;
  readonly alarm: DisposableSlot<Disposable>;
  polls: number;
  movingSinceMs: number | undefined;
  settlesAtMs: number;
  readonly expected: Map<string, number>;
}

/** See {@link ResourceStore}. One instance serves all scopes of one kind of resource. */
export class ResourceList<T> implements ResourceStore<T>, Disposable {
  readonly #kind: ResourceKind<T>;
  readonly #clock: Clock;
  readonly #shelves = new Map<Scope, Shelf<T>>();
  readonly #didChange = new Emitter<{ readonly scope: Scope; readonly id?: string }>();
  readonly onDidChange = this.#didChange.event;

  constructor(kind: ResourceKind<T>, clock: Clock) {
    this.#kind = kind;
    this.#clock = clock;
  }

  idOf(item: T): string {
    return this.#kind.idOf(item);
  }

  get(scope: Scope): Loadable<readonly T[]> {
    return this.#shelf(scope).state;
  }

  find(scope: Scope, id: string): T | undefined {
    return this.get(scope).value?.find(item => this.idOf(item) === id);
  }

  load(scope: Scope): Promise<readonly T[]> {
    const { state } = this.#shelf(scope);
    return state.value && !state.error ? Promise.resolve(state.value) : this.refresh(scope);
  }

  refresh(scope: Scope): Promise<readonly T[]> {
    const shelf = this.#shelf(scope);
    shelf.reading ??= this.#read(scope, shelf);
    return shelf.reading;
  }

  async noteChange(scope: Scope, id?: string): Promise<void> {
    const shelf = this.#shelf(scope);
    const nowMs = this.#clock.now();
    shelf.polls = 0;
    shelf.movingSinceMs = undefined;
    shelf.settlesAtMs = nowMs + settleMs;
    if (id !== undefined && !this.find(scope, id)) shelf.expected.set(id, nowMs + expectNewIdMs);
    // A reading that began before the change may not show it.
    await shelf.reading?.catch(() => undefined);
    await this.refresh(scope).catch(() => undefined);
  }

  watch(scope: Scope): Disposable {
    const shelf = this.#shelf(scope);
    shelf.watchers++;
    this.#schedule(scope, shelf);
    return toDisposable(() => {
      shelf.watchers--;
      if (shelf.watchers === 0) shelf.alarm.value = undefined;
    });
  }

  keepOnly(scopes: readonly Scope[]): void {
    for (const [scope, shelf] of this.#shelves) {
      if (scopes.includes(scope)) continue;
      this.#shelves.delete(scope);
      shelf.alarm.dispose();
      shelf.abort.abort();
    }
  }

  dispose(): void {
    this.keepOnly([]);
    this.#didChange.dispose();
  }

  #shelf(scope: Scope): Shelf<T> {
    let shelf = this.#shelves.get(scope);
    if (!shelf) {
      shelf = {
        state: { value: undefined, isLoading: false, error: undefined },
        reading: undefined,
        abort: new AbortController(),
        watchers: 0,
        alarm: new DisposableSlot(),
        polls: 0,
        movingSinceMs: undefined,
        settlesAtMs: 0,
        expected: new Map(),
      };
      this.#shelves.set(scope, shelf);
    }
    return shelf;
  }

  async #read(scope: Scope, shelf: Shelf<T>): Promise<readonly T[]> {
    shelf.state = { ...shelf.state, isLoading: true };
    try {
      const items = await this.#kind.read(scope, shelf.abort.signal);
      shelf.reading = undefined;
      this.#accept(scope, shelf, items);
      return items;
    } catch (caught) {
      const error = asLabError(caught);
      shelf.reading = undefined;
      const isNews = shelf.state.error?.code !== error.code;
      shelf.state = { ...shelf.state, isLoading: false, error };
      if (isNews && !shelf.abort.signal.aborted) this.#didChange.fire({ scope });
      throw error;
    } finally {
      this.#schedule(scope, shelf);
    }
  }

  #accept(scope: Scope, shelf: Shelf<T>, items: readonly T[]): void {
    const before = shelf.state;
    shelf.state = { value: items, isLoading: false, error: undefined };
    for (const item of items) shelf.expected.delete(this.idOf(item));
    if (shelf.abort.signal.aborted) return;
    const changed = before.error ? undefined : changedIds(this.#kind, before.value, items);
    if (!changed) this.#didChange.fire({ scope });
    else {
      if (changed.length > 0) shelf.polls = 0;
      for (const id of changed) this.#didChange.fire({ scope, id });
    }
  }

  /** Sets the alarm for the next reading, when somebody looks and something moves. */
  #schedule(scope: Scope, shelf: Shelf<T>): void {
    shelf.alarm.value = undefined;
    if (shelf.watchers === 0 || shelf.reading || shelf.abort.signal.aborted) return;
    const nowMs = this.#clock.now();
    if (!this.#isMoving(shelf, nowMs)) {
      shelf.polls = 0;
      shelf.movingSinceMs = undefined;
      return;
    }
    shelf.movingSinceMs ??= nowMs;
    if (nowMs - shelf.movingSinceMs >= pollLimitMs) return;
    const gapMs = pollGapsMs[Math.min(shelf.polls, pollGapsMs.length - 1)] as number;
    shelf.polls++;
    shelf.alarm.value = this.#clock.after(gapMs, () => {
      this.refresh(scope).catch(() => undefined);
    });
  }

  #isMoving(shelf: Shelf<T>, nowMs: number): boolean {
    for (const [id, untilMs] of shelf.expected) if (untilMs <= nowMs) shelf.expected.delete(id);
    if (nowMs < shelf.settlesAtMs || shelf.expected.size > 0) return true;
    return shelf.state.value?.some(item => this.#kind.isMoving(item)) ?? false;
  }
}
