/** The host's side of the practice worker. */
import { Worker } from 'node:worker_threads';
import { type Deferred, deferred } from '../base/async';
import { Emitter, type Event } from '../base/event';
import type { Log } from '../base/log';
import { silentLog } from '../base/log';
import { LabError } from '../core/errors';
import { ChannelEnd } from '../core/ports/channelEnd';
import type { ChannelClose, ChannelMessage, ChannelTransport, WireResponse } from '../core/ports/wire';
import type { PracticeAccount, PracticeCloud } from './practiceCloud';
import type { FromWorker, ToWorker, WorkerStart } from './workerProtocol';

const lostLink: ChannelClose = { code: 1006, reason: '' };
const normalClosure = 1000;

/** A practice cloud in a worker of its own. Once the worker is gone, or the world was reset, every call rejects with `practiceFailed`. */
export interface PracticeWorkerCloud extends PracticeCloud {
  /** The worker ended without being told to; the cloud is gone. */
  readonly onDidFail: Event<Error>;
  /** Ends the world, for every window that shares it, and resolves with the fresh one; this one answers nothing any more. */
  reset(): Promise<PracticeWorkerCloud>;
  dispose(): Promise<void>;
}

/** Starts the worker and waits until its cloud is ready; rejects with the worker's error when it does not come up. */
export async function startPracticeWorker(
  entryPath: string,
  start: WorkerStart,
  log: Log = silentLog,
): Promise<PracticeWorkerCloud> {
  const worker = new Worker(entryPath, { workerData: start, name: 'practice cloud' });
  const link = new WorkerLink(worker, log);
  return worldOf(link, await link.ready.promise);
}

/** One world of a worker, from its beginning to its reset. */
function worldOf(link: WorkerLink, { region, accounts }: Pick<Ready, 'region' | 'accounts'>): PracticeWorkerCloud {
  let isOver = false;
  const whileItLasts = () => {
    if (isOver) throw new LabError('practiceFailed');
  };
  return {
    region,
    accounts,
    async handle(request, signal) {
      whileItLasts();
      return link.request(request, signal);
    },
    openChannel(streamUrl, headers) {
      whileItLasts();
      return link.openChannel({ kind: 'channelOpen', streamUrl, headers });
    },
    openTunnel(url) {
      whileItLasts();
      return link.openChannel({ kind: 'tunnelOpen', url });
    },
    onDidFail: link.didFail.event,
    async reset() {
      isOver = true;
      return worldOf(link, { region, accounts: await link.reset() });
    },
    dispose: () => link.dispose(),
  };
}

type Ready = Extract<FromWorker, { kind: 'ready' }>;
/** A data channel, or a tunnel. */
type ChannelOpening = WithoutId<Extract<ToWorker, { kind: 'channelOpen' | 'tunnelOpen' }>>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Request = Extract<ToWorker, { kind: 'request' }>['request'];

class WorkerLink {
  readonly ready: Deferred<Ready> = deferred();
  readonly didFail = new Emitter<Error>();
  readonly #pending = new Map<number, Deferred<WireResponse>>();
  readonly #resets = new Map<number, Deferred<readonly PracticeAccount[]>>();
  readonly #channels = new Map<number, WorkerChannel>();
  #lastId = 0;
  /** Set when the worker is gone: why nothing is answered any more. */
  #ended: LabError | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly log: Log,
  ) {
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', error => this.#fail(error));
    worker.on('exit', code => this.#fail(new Error(`The practice worker ended with code ${code}`)));
  }

  async request(request: Request, signal?: AbortSignal): Promise<WireResponse> {
    signal?.throwIfAborted();
    if (this.#ended) throw this.#ended;
    const id = ++this.#lastId;
    const answer = deferred<WireResponse>();
    this.#pending.set(id, answer);
    const onAbort = () => answer.reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#post({ kind: 'request', id, request });
    try {
      return await answer.promise;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  openChannel(opening: ChannelOpening): ChannelTransport {
    if (this.#ended) throw this.#ended;
    const id = ++this.#lastId;
    const channel = new WorkerChannel(id, message => this.#post(message));
    this.#channels.set(id, channel);
    this.#post({ ...opening, id });
    return channel;
  }

  /** Gives up all that is under way, and resolves with the accounts of the fresh world. */
  async reset(): Promise<readonly PracticeAccount[]> {
    if (this.#ended) throw this.#ended;
    this.#giveUp(new LabError('practiceFailed'));
    const id = ++this.#lastId;
    const done = deferred<readonly PracticeAccount[]>();
    this.#resets.set(id, done);
    this.#post({ kind: 'reset', id });
    try {
      return await done.promise;
    } finally {
      this.#resets.delete(id);
    }
  }

  async dispose(): Promise<void> {
    this.#end(new LabError('practiceFailed'));
    await this.worker.terminate();
    this.didFail.dispose();
  }

  #post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.ready.resolve(message);
        return;
      case 'response':
        this.#pending.get(message.id)?.resolve(message.response);
        this.#resets.get(message.id)?.reject(new LabError('practiceFailed'));
        return;
      case 'resetDone':
        this.#resets.get(message.id)?.resolve(message.accounts);
        return;
      case 'channelMessage':
        this.#channels.get(message.id)?.arrive(message.message);
        return;
      case 'channelClose':
        this.#channels.get(message.id)?.arriveClose(message.close);
        this.#channels.delete(message.id);
        return;
      case 'channelPong':
        this.#channels.get(message.id)?.pong(message.ping);
        return;
      case 'log':
        this.log[message.level](message.message);
        return;
    }
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    this.ready.reject(error);
    this.#end(new LabError('practiceFailed', { detail: error.message }, { cause: error }));
    this.didFail.fire(error);
  }

  #end(error: LabError): void {
    this.#ended ??= error;
    for (const answer of this.#resets.values()) answer.reject(error);
    this.#giveUp(error);
  }

  #giveUp(error: LabError): void {
    for (const answer of this.#pending.values()) answer.reject(error);
    for (const channel of this.#channels.values()) channel.arriveClose(lostLink);
    this.#channels.clear();
  }
}

class WorkerChannel extends ChannelEnd implements ChannelTransport {
  readonly #pings = new Map<number, Deferred<void>>();
  #lastPing = 0;

  constructor(
    private readonly id: number,
    private readonly post: (message: ToWorker) => void,
  ) {
    super();
  }

  send(message: ChannelMessage): void {
    if (this.isClosed) return;
    // A view would take along all of the buffer that it is part of.
    const own = typeof message === 'string' ? message : message.slice();
    this.post({ kind: 'channelMessage', id: this.id, message: own });
  }

  ping(): Promise<void> {
    if (this.isClosed) return Promise.reject(new Error('The channel is closed'));
    const ping = ++this.#lastPing;
    const answer = deferred<void>();
    this.#pings.set(ping, answer);
    this.post({ kind: 'channelPing', id: this.id, ping });
    return answer.promise;
  }

  close(code = normalClosure, reason = ''): void {
    if (!this.isClosed) this.post({ kind: 'channelClose', id: this.id, close: { code, reason } });
  }

  arrive(message: ChannelMessage): void {
    this.deliver(message);
  }

  arriveClose(close: ChannelClose): void {
    this.deliverClose(close);
    for (const answer of this.#pings.values()) answer.reject(new Error('The channel is closed'));
    this.#pings.clear();
  }

  pong(ping: number): void {
    this.#pings.get(ping)?.resolve();
    this.#pings.delete(ping);
  }
}
