import type { Disposable } from '../base/disposable';
import { Emitter, type Event } from '../base/event';
import { LabError } from '../core/errors';
import type { Scope, ScopeStore } from './appModel';

/** A practice cloud that runs. */
export interface RunningPractice {
  /** Provider first. */
  readonly scopes: readonly Scope[];
  readonly onDidFail: Event<Error>;
  /** Ends the world and everything in it, for every window that shares it, and resolves with the fresh one. */
  reset(): Promise<RunningPractice>;
  dispose(): Promise<void>;
}

/** The practice cloud's life in this window: at most one, its scopes in the sidebar while it runs. */
export class Practice implements Disposable {
  readonly #scopes: ScopeStore;
  readonly #launch: () => Promise<RunningPractice>;
  readonly #didChange = new Emitter<void>();
  readonly #didFail = new Emitter<LabError>();
  #starting: Promise<RunningPractice> | undefined;
  #running: RunningPractice | undefined;

  /** Started, stopped or gone. */
  readonly onDidChange = this.#didChange.event;
  /** It broke down by itself; its scopes are gone. */
  readonly onDidFail = this.#didFail.event;

  constructor(scopes: ScopeStore, launch: () => Promise<RunningPractice>) {
    this.#scopes = scopes;
    this.#launch = launch;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Starts it, or joins a start under way, or answers with what runs. */
  async start(): Promise<readonly Scope[]> {
    if (this.#running) return this.#running.scopes;
    this.#starting ??= this.#begin();
    return (await this.#starting).scopes;
  }

  /** Ends the world and everything in it, and begins with a fresh one; its scopes go and come, so that nothing of the old world stays in view. */
  async reset(): Promise<readonly Scope[]> {
    await this.start();
    const running = this.#forget();
    if (!running) return this.start();
    this.#starting = this.#renew(running);
    return (await this.#starting).scopes;
  }

  async stop(): Promise<void> {
    const running = this.#forget();
    await running?.dispose();
  }

  dispose(): void {
    void this.stop();
    this.#didChange.dispose();
    this.#didFail.dispose();
  }

  async #begin(): Promise<RunningPractice> {
    try {
      const running = await this.#launch();
      this.#adopt(running);
      return running;
    } finally {
      this.#starting = undefined;
    }
  }

  async #renew(running: RunningPractice): Promise<RunningPractice> {
    try {
      const fresh = await running.reset();
      this.#adopt(fresh);
      return fresh;
    } catch (error) {
      await running.dispose();
      throw error;
    } finally {
      this.#starting = undefined;
    }
  }

  #adopt(running: RunningPractice): void {
    this.#running = running;
    running.onDidFail(error => {
      if (this.#running !== running) return;
      this.#forget();
      this.#didFail.fire(new LabError('practiceFailed', { detail: error.message }, { cause: error }));
    });
    for (const scope of running.scopes) this.#scopes.add(scope);
    this.#didChange.fire();
  }

  #forget(): RunningPractice | undefined {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return undefined;
    for (const scope of running.scopes) this.#scopes.remove(scope.id);
    this.#didChange.fire();
    return running;
  }
}
