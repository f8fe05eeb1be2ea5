import type { Clock } from '../base/clock';
import { type Disposable, DisposableSlot, DisposableStore } from '../base/disposable';
import type { Event } from '../base/event';
import type { Scope } from './appModel';
import type { Stores } from './stores';

export interface BilledWatchOptions {
  readonly stores: Pick<Stores, 'billed' | 'endpoints' | 'instances' | 'services'>;
  readonly clock: Clock;
  /** Whose cost is shown. */
  readonly scope: () => Scope | undefined;
  /** Whether somebody sees what was read. */
  readonly isSeen: () => boolean;
  /** Scope or visibility may be another. */
  readonly onDidChange: Event<void>;
}

/** Between two readings of one scope: AWS counts requests. */
const gapMs = 60_000;

/**
 * Reads what is billed of the scope in sight: once a view has read it, and anew after something in it was seen to change. Nothing is read for
 * its own sake, nor while no view is visible.
 */
export class BilledWatch implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #alarm = this.#owned.add(new DisposableSlot<Disposable>());
  readonly #readAtMs = new WeakMap<Scope, number>();
  readonly #options: BilledWatchOptions;

  constructor(options: BilledWatchOptions) {
    this.#options = options;
    const { endpoints, instances, services } = options.stores;
    for (const store of [endpoints, instances, services])
      this.#owned.add(store.onDidChange(({ scope }) => scope === options.scope() && this.#note(scope)));
    this.#owned.add(
      options.onDidChange(() => {
        const scope = options.scope();
        if (scope && !this.#readAtMs.has(scope)) this.#note(scope);
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #note(scope: Scope): void {
    const { stores, clock, isSeen } = this.#options;
    const isRead = stores.endpoints.get(scope).value ?? stores.instances.get(scope).value;
    if (!isRead || !isSeen()) return;
    const dueMs = (this.#readAtMs.get(scope) ?? Number.NEGATIVE_INFINITY) + gapMs;
    if (clock.now() >= dueMs) this.#read(scope);
    else this.#alarm.value = clock.after(dueMs - clock.now(), () => this.#note(scope));
  }

  #read(scope: Scope): void {
    const { stores, clock } = this.#options;
    this.#readAtMs.set(scope, clock.now());
    stores.billed.refresh(scope).catch(() => undefined);
  }
}
