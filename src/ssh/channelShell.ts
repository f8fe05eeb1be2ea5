import type Client from 'ssh2/lib/client.js';
import type { ShellChannel } from 'ssh2/lib/client.js';
import { Emitter, type Event } from '../base/event';
import type { ScreenSize, SecureShell, SecureShellEnd } from '../core/ports/secureShell';
import type { TunnelStream } from './tunnelStream';

interface Login {
  readonly client: Client;
  readonly stream: TunnelStream;
  readonly fingerprint: string;
}

/** A shell on a session channel; the login ends with it. */
export class ChannelShell implements SecureShell {
  readonly #channel: ShellChannel;
  readonly #login: Login;
  readonly #output = new Emitter<Uint8Array>();
  readonly #close = new Emitter<SecureShellEnd>();
  #early: Uint8Array[] = [];
  #end: SecureShellEnd | undefined;
  #exit: SecureShellEnd | undefined;

  constructor(channel: ShellChannel, login: Login) {
    this.#channel = channel;
    this.#login = login;
    channel.on('data', bytes => this.#giveOut(new Uint8Array(bytes)));
    channel.on('exit', status => {
      this.#exit = { kind: 'exited', status: status ?? undefined };
    });
    channel.on('close', () => {
      this.#end ??= this.#exit ?? { kind: 'lost', reason: login.stream.closeReason };
      this.dispose();
      this.#close.fire(this.#end);
    });
  }

  get hostKeyFingerprint(): string {
    return this.#login.fingerprint;
  }

  readonly onOutput: Event<Uint8Array> = listener => {
    const subscription = this.#output.event(listener);
    const early = this.#early;
    this.#early = [];
    for (const bytes of early) this.#output.fire(bytes);
    return subscription;
  };

  readonly onClose: Event<SecureShellEnd> = listener => {
    if (!this.#end) return this.#close.event(listener);
    listener(this.#end);
    return { dispose() {} };
  };

  write(bytes: Uint8Array): void {
    if (!this.#end) this.#channel.write(bytes);
  }

  resize({ columns, rows }: ScreenSize): void {
    if (!this.#end) this.#channel.setWindow(rows, columns, 0, 0);
  }

  dispose(): void {
    this.#login.client.end();
  }

  #giveOut(bytes: Uint8Array): void {
    if (this.#output.hasListeners) this.#output.fire(bytes);
    else this.#early.push(bytes);
  }
}
