/** The practice cloud in a worker: bytes in and out over the port, time from the wall clock. */
import { randomUUID } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../base/log';
import type { ChannelTransport } from '../core/ports/wire';
import { createPracticeCloud, type OpenPracticeCloud } from './createPracticeCloud';
import { nodeDigests } from './nodeDigests';
import { paces } from './paces';
import { readWorkerMessage } from './readWorkerMessage';
import { Timeline } from './timeline';
import { driveByWallClock, PreciseClock, reportFailure } from './wallClock';
import type { FromWorker, ToWorker, WorkerStart } from './workerProtocol';

class PracticeWorker {
  readonly #channels = new Map<number, ChannelTransport>();

  constructor(
    private readonly port: MessagePort,
    private readonly cloud: OpenPracticeCloud,
  ) {}

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'request':
        void this.#answer(message);
        return;
      case 'channelOpen':
        this.#open(message);
        return;
      case 'channelMessage':
        this.#channels.get(message.id)?.send(message.message);
        return;
      case 'channelClose':
        this.#channels.get(message.id)?.close(message.close.code, message.close.reason);
        return;
      case 'channelPing':
        this.#ping(message.id, message.ping);
        return;
    }
  }

  async #answer({ id, request }: Extract<ToWorker, { kind: 'request' }>): Promise<void> {
    const response = await this.cloud.handle(request);
    this.#post({ kind: 'response', id, response });
  }

  #open({ id, streamUrl, headers }: Extract<ToWorker, { kind: 'channelOpen' }>): void {
    const channel = this.cloud.openChannel(streamUrl, headers);
    this.#channels.set(id, channel);
    channel.onMessage = message => this.#post({ kind: 'channelMessage', id, message });
    channel.onClose = close => {
      this.#channels.delete(id);
      this.#post({ kind: 'channelClose', id, close });
    };
  }

  #ping(id: number, ping: number): void {
    this.#channels
      .get(id)
      ?.ping()
      .then(
        () => this.#post({ kind: 'channelPong', id, ping }),
        () => undefined,
      );
  }

  #post(message: FromWorker): void {
    this.port.postMessage(message);
  }
}

function portLog(port: MessagePort): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) =>
    port.postMessage({ kind: 'log', level, message } satisfies FromWorker);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function begin(port: MessagePort, start: WorkerStart): void {
  const clock = new PreciseClock();
  const timeline = new Timeline(clock.now());
  const log = portLog(port);
  const driver = driveByWallClock(timeline, clock, error => reportFailure(log, error));
  const cloud = createPracticeCloud({
    seed: start.seed ?? randomUUID(),
    pace: paces[start.pace],
    world: start.world,
    digests: nodeDigests,
    timeline,
    streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
    log,
  });
  const worker = new PracticeWorker(port, cloud);
  port.on('message', (value: unknown) => {
    driver.catchUp();
    const message = readWorkerMessage(value);
    if (message) worker.receive(message);
    else log.warn('Practice worker: a message of unknown form was dropped');
  });
  port.postMessage({ kind: 'ready', region: cloud.region, accounts: cloud.accounts } satisfies FromWorker);
}

if (parentPort) begin(parentPort, workerData as WorkerStart);
