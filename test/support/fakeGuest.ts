import { type Deferred, deferred } from '../../src/base/async';
import type { HostNetwork } from '../../src/simulator/network/hostNetwork';
import type { Guest, GuestProcess, GuestTerminal } from '../../src/simulator/shell/guest';

/** A pseudo terminal whose programs the test plays. */
export class FakeTerminal implements GuestTerminal {
  readonly keys: number[] = [];
  readonly sizes: (readonly [columns: number, rows: number])[] = [];
  isHungUp = false;
  /** Called with every write; lets a test play a program that reacts to keys. */
  onKeys: ((bytes: Uint8Array) => void) | undefined;
  readonly #exit = deferred<number>();
  #shown = new Uint8Array(0);
  #hasLetGo = false;
  #reader: Deferred<void> | undefined;

  constructor(readonly command: string | undefined) {}

  get exited(): Promise<number> {
    return this.#exit.promise;
  }

  get unreadBytes(): number {
    return this.#shown.length;
  }

  show(output: string | Uint8Array): void {
    const bytes = typeof output === 'string' ? new TextEncoder().encode(output) : output;
    const joined = new Uint8Array(this.#shown.length + bytes.length);
    joined.set(this.#shown);
    joined.set(bytes, this.#shown.length);
    this.#shown = joined;
    this.#wakeReader();
  }

  exit(status = 0): void {
    this.#hasLetGo = true;
    this.#exit.resolve(status);
    this.#wakeReader();
  }

  async read(maxBytes: number): Promise<Uint8Array | undefined> {
    while (this.#shown.length === 0) {
      if (this.#hasLetGo) return undefined;
      this.#reader ??= deferred<void>();
      await this.#reader.promise;
    }
    const chunk = this.#shown.slice(0, maxBytes);
    this.#shown = this.#shown.slice(maxBytes);
    return chunk;
  }

  write(bytes: Uint8Array): void {
    this.keys.push(...bytes);
    this.onKeys?.(bytes);
  }

  resize(columns: number, rows: number): void {
    this.sizes.push([columns, rows]);
  }

  hangUp(): void {
    this.isHungUp = true;
    this.exit(137);
  }

  #wakeReader(): void {
    this.#reader?.resolve();
    this.#reader = undefined;
  }
}

/** An instance that only has terminals; a program that touches the network fails the test. */
export class FakeGuest implements Guest {
  readonly isAgentRunning = true;
  readonly terminals: FakeTerminal[] = [];
  readonly network = {} as HostNetwork;

  openTerminal(command: string | undefined): FakeTerminal {
    const terminal = new FakeTerminal(command);
    this.terminals.push(terminal);
    return terminal;
  }

  startProcess(): Promise<GuestProcess> {
    return Promise.reject(new Error('this guest has terminals only'));
  }

  shutDown(): void {}
}
