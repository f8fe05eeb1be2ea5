import type { Socket } from 'node:net';
import type { Log } from '../../base/log';
import { PracticeConnection } from '../practiceConnection';
import { readWorkerMessage } from '../readWorkerMessage';
import type { FromWorker, ToWorker } from '../workerProtocol';
import { meet, meetingAddress } from './meetingPoint';
import { onMessages, sendMessage } from './messageStream';
import type { PracticeHome } from './practiceHome';

/** What a request is answered with whose owner went away: SDKs try again, and find the new one. */
const ownerGone = { status: 503, headers: {}, body: new Uint8Array() };
const lostLink = { code: 1006, reason: '' };

/**
 * One window's part in a practice world that windows share. The first owns it and answers the others; when it closes, another takes the
 * world up from disk.
 */
export class SharedPractice {
  readonly #folder: string;
  readonly #makeHome: () => PracticeHome;
  readonly #post: (message: FromWorker) => void;
  readonly #log: Log;
  /** Where this window's messages go; undefined between two owners. */
  #send: ((message: ToWorker) => void) | undefined;
  #isGreeted = false;
  #isDisposed = false;
  #leave: () => void = () => undefined;
  readonly #guests = new Set<Socket>();
  /** What the owner has not answered yet. */
  readonly #openRequests = new Set<number>();
  readonly #openChannels = new Set<number>();

  constructor(folder: string, makeHome: () => PracticeHome, post: (message: FromWorker) => void, log: Log) {
    this.#folder = folder;
    this.#makeHome = makeHome;
    this.#post = post;
    this.#log = log;
  }

  /** Owns the world, or connects to who does. Rejects when neither is possible. */
  async join(): Promise<void> {
    if (this.#isDisposed) return;
    const visitors: Socket[] = [];
    let welcome = (socket: Socket): void => {
      visitors.push(socket);
    };
    const meeting = await meet(meetingAddress(this.#folder), socket => welcome(socket));
    if (meeting.role === 'guest') return this.#visit(meeting.socket);
    const home = this.#makeHome();
    await home.open();
    welcome = socket => this.#host(home, socket);
    for (const socket of visitors) this.#host(home, socket);
    const own = new PracticeConnection(home, message => this.#pass(message));
    this.#send = message => own.receive(message);
    own.greet();
    this.#leave = () => {
      meeting.server.close();
      home.dispose();
    };
    this.#log.info('Practice cloud: this window owns the world');
  }

  /** This window goes; another one takes over what it owned. */
  dispose(): void {
    this.#isDisposed = true;
    this.#leave();
    for (const socket of this.#guests) socket.destroy();
  }

  receive(message: ToWorker): void {
    if (message.kind === 'request' || message.kind === 'reset') this.#openRequests.add(message.id);
    if (message.kind === 'channelOpen' || message.kind === 'tunnelOpen') this.#openChannels.add(message.id);
    if (this.#send) this.#send(message);
    else this.#giveUp();
  }

  /** Answers a window that came to this one. */
  #host(home: PracticeHome, socket: Socket): void {
    const connection = new PracticeConnection(home, message => sendMessage(socket, message));
    onMessages(socket, value => {
      const message = readWorkerMessage(value);
      if (message) connection.receive(message);
      else socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    this.#guests.add(socket);
    socket.on('close', () => {
      this.#guests.delete(socket);
      connection.dispose();
    });
    connection.greet();
  }

  #visit(socket: Socket): void {
    this.#log.info('Practice cloud: another window owns the world');
    // The owner is a window of the same user and runs the same build, or an older one whose messages have the same form.
    onMessages(socket, message => this.#pass(message as FromWorker));
    this.#send = message => sendMessage(socket, message);
    this.#leave = () => socket.destroy();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#send = undefined;
      this.#giveUp();
      void this.join();
    });
  }

  #pass(message: FromWorker): void {
    if (message.kind === 'ready') {
      if (this.#isGreeted) return;
      this.#isGreeted = true;
    }
    if (message.kind === 'response' || message.kind === 'resetDone') this.#openRequests.delete(message.id);
    if (message.kind === 'channelClose') this.#openChannels.delete(message.id);
    this.#post(message);
  }

  /** Nobody answers any more what was asked for. */
  #giveUp(): void {
    for (const id of this.#openRequests) this.#post({ kind: 'response', id, response: ownerGone });
    for (const id of this.#openChannels) this.#post({ kind: 'channelClose', id, close: lostLink });
    this.#openRequests.clear();
    this.#openChannels.clear();
  }
}
