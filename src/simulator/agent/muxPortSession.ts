import { AsyncQueue, type Deferred, deferred } from '../../base/async';
import { delay } from '../../base/clock';
import { PayloadType } from '../../ssm/frameCodec';
import { encodePortFlag, PortFlag } from '../../ssm/payloads/portFlag';
import { ByteFifo } from '../shell/kernel/byteFifo';
import { PAUSE_BETWEEN_READS_MS, READ_BYTES } from './outputPump';
import { PortConnection } from './portConnection';
import { DialFailure, type PortDialer } from './portDialer';
import type { PortSession } from './portSession';
import type { PluginRun } from './sessionPlugin';
import { encodeSmuxFrame, SmuxCommand, SmuxFault, type SmuxFrame, SmuxReader } from './smuxFrames';
import { SmuxStream } from './smuxStream';

/** Writers wait while so much is on its way to the channel. */
const BACKLOG_BYTES = 65_536;

/**
 * Many connections, each a smux stream that the client opens (aws/amazon-ssm-agent:agent/session/plugins/port, MuxPortSession). Streams are
 * connected one after the other: one that takes long keeps those behind it waiting.
 */
export class MuxPortSession implements PortSession {
  readonly isReady = true;
  readonly #reader = new SmuxReader();
  readonly #streams = new Map<number, SmuxStream>();
  readonly #accepted = new AsyncQueue<SmuxStream>();
  readonly #connections = new Set<PortConnection>();
  readonly #broken: Deferred<void> = deferred();
  readonly #outgoing = new ByteFifo();
  #changed: Deferred<void> = deferred();

  constructor(readonly dialer: PortDialer) {}

  async execute(run: PluginRun): Promise<string> {
    await Promise.race([this.#pump(run), this.#connectStreams(run), this.#broken.promise]);
    return '';
  }

  takeBytes(bytes: Uint8Array): void {
    try {
      for (const frame of this.#reader.read(bytes)) this.#take(frame);
    } catch (error) {
      if (!(error instanceof SmuxFault)) throw error;
      this.#broken.resolve();
    }
  }

  /** Streams end by themselves. */
  disconnect(): void {}

  close(): void {
    this.#accepted.end();
    for (const connection of this.#connections) connection.close();
    for (const stream of this.#streams.values()) stream.finish();
  }

  #take({ command, streamId, data }: SmuxFrame): void {
    const stream = this.#streams.get(streamId);
    if (command === SmuxCommand.open && !stream) this.#accept(streamId);
    if (command === SmuxCommand.data) stream?.push(data);
    if (command === SmuxCommand.finish) stream?.finish();
  }

  #accept(streamId: number): void {
    const stream = new SmuxStream(
      streamId,
      frame => this.#write(frame),
      () => this.#streams.delete(streamId),
    );
    this.#streams.set(streamId, stream);
    this.#accepted.push(stream);
  }

  async #connectStreams({ channel, signal }: PluginRun): Promise<void> {
    for await (const stream of this.#accepted) {
      try {
        const connection = new PortConnection(await this.dialer.dial(signal));
        this.#connections.add(connection);
        void this.#join(stream, connection)
          .catch(() => this.#broken.resolve())
          .finally(() => this.#connections.delete(connection));
      } catch (error) {
        if (!(error instanceof DialFailure)) throw error;
        channel.send(PayloadType.flag, encodePortFlag(PortFlag.connectToPortError));
        stream.close();
      }
    }
  }

  /** Whichever side ends first takes the other with it. */
  async #join(stream: SmuxStream, connection: PortConnection): Promise<void> {
    const toServer = async () => {
      for (let data = await stream.read(); data; data = await stream.read()) connection.write(data);
      connection.close();
    };
    const toClient = async () => {
      for (let bytes = await connection.read(); bytes; bytes = await connection.read()) await stream.send(bytes);
      stream.close();
    };
    await Promise.all([toServer(), toClient()]);
  }

  async #write(frame: SmuxFrame): Promise<void> {
    this.#outgoing.push(encodeSmuxFrame(frame));
    this.#wake();
    while (this.#outgoing.length > BACKLOG_BYTES) await this.#changed.promise;
  }

  async #pump({ channel, signal }: PluginRun): Promise<void> {
    for (;;) {
      while (this.#outgoing.length === 0) await this.#changed.promise;
      await channel.whenActive();
      signal.throwIfAborted();
      channel.send(PayloadType.output, this.#outgoing.take(READ_BYTES));
      this.#wake();
      await delay(channel.stamp.clock, PAUSE_BETWEEN_READS_MS, signal);
    }
  }

  #wake(): void {
    const changed = this.#changed;
    this.#changed = deferred();
    changed.resolve();
  }
}
