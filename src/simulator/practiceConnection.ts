import type { Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { ChannelClose, ChannelTransport } from '../core/ports/wire';
import type { PracticeCloud } from './practiceCloud';
import type { FromWorker, ToWorker } from './workerProtocol';

const lostLink: ChannelClose = { code: 1006, reason: '' };

/** What answers the windows that share one practice cloud; the cloud changes when somebody resets it. */
export interface PracticeHost {
  readonly cloud: PracticeCloud;
  /** To be called before anything from outside is handled, to bring simulated time up to now. */
  catchUp(): void;
  /** The world was reset; what was open in the old one is lost. */
  readonly onDidReset: Event<void>;
  /** Ends the world and begins a fresh one. */
  reset(): Promise<void>;
}

/** One window's conversation with a practice cloud, over whatever carries messages. Ids of requests and channels are the window's own. */
export class PracticeConnection {
  readonly #host: PracticeHost;
  readonly #post: (message: FromWorker) => void;
  readonly #channels = new Map<number, ChannelTransport>();
  readonly #resets: Disposable;

  constructor(host: PracticeHost, post: (message: FromWorker) => void) {
    this.#host = host;
    this.#post = post;
    this.#resets = host.onDidReset(() => this.#loseChannels());
  }

  greet(): void {
    const { region, accounts } = this.#host.cloud;
    this.#post({ kind: 'ready', region, accounts });
  }

  receive(message: ToWorker): void {
    this.#host.catchUp();
    switch (message.kind) {
      case 'request':
        void this.#answer(message);
        return;
      case 'channelOpen':
        this.#keep(message.id, this.#host.cloud.openChannel(message.streamUrl, message.headers));
        return;
      case 'tunnelOpen':
        this.#keep(message.id, this.#host.cloud.openTunnel(message.url));
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
      case 'reset':
        void this.#reset(message.id);
        return;
    }
  }

  /** The window is gone: its channels lost their link. */
  dispose(): void {
    this.#resets.dispose();
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }

  #loseChannels(): void {
    for (const id of this.#channels.keys()) this.#post({ kind: 'channelClose', id, close: lostLink });
    this.#channels.clear();
  }

  async #answer({ id, request }: Extract<ToWorker, { kind: 'request' }>): Promise<void> {
    const response = await this.#host.cloud.handle(request);
    this.#post({ kind: 'response', id, response });
  }

  #keep(id: number, channel: ChannelTransport): void {
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

  async #reset(id: number): Promise<void> {
    await this.#host.reset();
    this.#post({ kind: 'resetDone', id, accounts: this.#host.cloud.accounts });
  }
}
