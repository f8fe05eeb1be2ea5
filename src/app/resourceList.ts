import { type Deferred, deferred } from '../base/async';
import type { Clock } from '../base/clock';
import { type Disposable, DisposableSlot, toDisposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Loadable, ResourceStore, Scope } from './appModel';
import { asLabError } from './asLabError';
import { changedIds } from './changedIds';

/** One kind of resource: how it is read and when it is in motion. */
export interface ResourceKind<T> {
  /** May hand up each page as it comes; what it resolves with is the whole, and counts. */
  read(scope: Scope, signal: AbortSignal, onPage: (items: readonly T[]) => void): Promise<readonly T[]>;
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
/** Between two announcements of pages; the first page is announced at once. */
const pageGapMs = 500;
/** When more things changed than this, the list is drawn rather than each of them. */
const singleChangesLimit = 50;

interface Shelf<T> {
  state: Loadable<readonly T[]>;
  /** Of the value, made when first asked for. */
  byId: ReadonlyMap<string, T> | undefined;
  /** Settles at the first page of the reading under way, or at its end. */
  rows: Deferred<void>;
  reading: Promise<readonly T[]> | undefined;
  abort: AbortController;
  watchers: number;
  readonly alarm: DisposableSlot<Disposable>;
  readonly announcement: DisposableSlot<Disposable>;
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
    const shelf = this.#shelf(scope);
    shelf.byId ??= new Map(shelf.state.value?.map(item => [this.idOf(item), item]));
    return shelf.byId.get(id);
  }

  load(scope: Scope): Promise<readonly T[]> {
    const { state } = this.#shelf(scope);
    return state.value && !state.error && !state.isPartial ? Promise.resolve(state.value) : this.refresh(scope);
  }

  async firstRows(scope: Scope): Promise<Loadable<readonly T[]>> {
    const shelf = this.#shelf(scope);
    if (!shelf.state.value && !shelf.state.error) {
      this.refresh(scope).catch(() => undefined);
      await shelf.rows.promise;
    }
    return shelf.state;
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
      shelf.announcement.dispose();
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
        state: { value: undefined, isLoading: false, error: undefined, isPartial: false },
        byId: undefined,
        rows: deferred(),
        reading: undefined,
        abort: new AbortController(),
        watchers: 0,
        alarm: new DisposableSlot(),
        announcement: new DisposableSlot(),
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
    shelf.rows = deferred();
    const rows: T[] = [];
    try {
      const items = await this.#kind.read(scope, shelf.abort.signal, page => {
        rows.push(...page);
        this.#showRows(scope, shelf, rows);
      });
      const changed = await this.#changedIds(shelf, items);
      shelf.reading = undefined;
      this.#accept(scope, shelf, items, changed);
      return items;
    } catch (caught) {
      const error = asLabError(caught);
      shelf.reading = undefined;
      const isNews = shelf.state.error?.code !== error.code || rows.length > 0;
      shelf.state = { ...shelf.state, isLoading: false, error };
      if (isNews && !shelf.abort.signal.aborted) this.#didChange.fire({ scope });
      throw error;
    } finally {
      shelf.announcement.value = undefined;
      shelf.rows.resolve();
      this.#schedule(scope, shelf);
    }
  }

  /** Shows the pages so far, unless what is shown already is longer. */
  #showRows(scope: Scope, shelf: Shelf<T>, rows: readonly T[]): void {
    const { value } = shelf.state;
    if (shelf.abort.signal.aborted || (value && value.length >= rows.length)) return;
    shelf.state = { ...shelf.state, value: [...rows], isPartial: true };
    shelf.byId = undefined;
    shelf.rows.resolve();
    if (!value) this.#didChange.fire({ scope });
    else
      shelf.announcement.value ??= this.#clock.after(pageGapMs, () => {
        shelf.announcement.value = undefined;
        this.#didChange.fire({ scope });
      });
  }

  /** Undefined when the list itself is another. */
  async #changedIds({ state }: Shelf<T>, items: readonly T[]): Promise<readonly string[] | undefined> {
    if (state.error || state.isPartial) return undefined;
    const changed = await changedIds(this.#kind, state.value, items, this.#clock);
    return changed && changed.length <= singleChangesLimit ? changed : undefined;
  }

  #accept(scope: Scope, shelf: Shelf<T>, items: readonly T[], changed: readonly string[] | undefined): void {
    shelf.state = { value: items, isLoading: false, error: undefined, isPartial: false };
    shelf.byId = undefined;
    for (const item of items) shelf.expected.delete(this.idOf(item));
    if (shelf.abort.signal.aborted) return;
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
