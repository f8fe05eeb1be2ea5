import { type Deferred, deferred } from '../../base/async';
import { delay } from '../../base/clock';
import { PayloadType } from '../../ssm/frameCodec';
import { PAUSE_BETWEEN_READS_MS, READ_BYTES } from './outputPump';
import { PortConnection } from './portConnection';
import { DialFailure, type PortDialer } from './portDialer';
import type { PortSession } from './portSession';
import type { PluginRun } from './sessionPlugin';

/**
 * One connection, its bytes as they are: for SSH, and for clients that know no streams. When the connection of a forwarding session ends,
 * the next bytes from the client open another (aws/amazon-ssm-agent:agent/session/plugins/port, BasicPortSession).
 */
export class BasicPortSession implements PortSession {
  #connection: PortConnection | undefined;
  #isReady = false;
  /** Bytes for the connection that is to come. */
  #waiting: Uint8Array[] = [];
  #wanted: Deferred<void> | undefined;

  constructor(
    readonly dialer: PortDialer,
    readonly isForwarding: boolean,
  ) {}

  get isReady(): boolean {
    return this.#isReady;
  }

  async execute(run: PluginRun): Promise<string> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        this.#open(new PortConnection(await this.dialer.dial(run.signal)));
      } catch (error) {
        if (!(error instanceof DialFailure)) throw error;
        return isFirst ? `Unable to connect to specified port: ${error.message}` : '';
      }
      await this.#pump(run);
      if (!this.isForwarding) return '';
      await this.#untilWanted();
    }
  }

  takeBytes(bytes: Uint8Array): void {
    if (this.#connection) this.#connection.write(bytes);
    else this.#waiting.push(bytes.slice());
    if (!this.#connection) this.#wanted?.resolve();
  }

  disconnect(): void {
    this.#connection?.close();
  }

  close(): void {
    this.#connection?.close();
  }

  #open(connection: PortConnection): void {
    this.#connection = connection;
    this.#isReady = true;
    for (const bytes of this.#waiting) connection.write(bytes);
    this.#waiting = [];
  }

  async #untilWanted(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
    this.#wanted = deferred();
    await this.#wanted.promise;
  }

  async #pump({ channel, signal }: PluginRun): Promise<void> {
    const connection = this.#connection as PortConnection;
    for (let chunk = await connection.read(); chunk; chunk = await connection.read()) {
      for (let start = 0; start < chunk.length; start += READ_BYTES) {
        await channel.whenActive();
        signal.throwIfAborted();
        channel.send(PayloadType.output, chunk.slice(start, start + READ_BYTES));
        await delay(channel.stamp.clock, PAUSE_BETWEEN_READS_MS, signal);
      }
    }
  }
}
