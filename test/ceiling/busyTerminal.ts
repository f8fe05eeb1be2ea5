import { deferred } from '../../src/base/async';
import type { GuestTerminal } from '../../src/simulator/shell/guest';

export interface BusyTerminalOptions {
  /** As the extension starts tcpdump. */
  readonly command: string;
  readonly linesPerSecond: number;
  /** Of the capturing instance. */
  readonly address: string;
}

const interrupt = 0x03;
const waitMs = 1;
/** What lies between tcpdump and who reads: a terminal's buffer, and the kernel's of packets. */
const bufferBytes = 64 * 1_024;
const connections = 64;
const servers = ['172.31.36.107', '172.31.14.109', '172.31.20.58', '52.95.80.10'];
const encoder = new TextEncoder();

/** A terminal on which tcpdump prints the packets of a busy link at one rate, until Ctrl-C; real tcpdump's texts around them. */
export class BusyTerminal implements GuestTerminal {
  readonly exited: Promise<number>;
  readonly #options: BusyTerminalOptions;
  readonly #exited = deferred<number>();
  readonly #startMs = performance.now();
  #text: Uint8Array;
  #printed = 0;
  #dropped = 0;
  #isStopped = false;
  #isGone = false;

  constructor(options: BusyTerminalOptions) {
    this.#options = options;
    this.exited = this.#exited.promise;
    const link = this.#isAny ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
    const opening = `tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on ${this.#interfaceName}, link-type ${link}, snapshot length 256 bytes\n`;
    this.#text = encoder.encode(`${this.#isAny ? 'tcpdump: data link type LINUX_SLL2\n' : ''}${opening}`);
  }

  /** Lines so far. */
  get printed(): number {
    return this.#printed;
  }

  /** Packets that found no room because nobody read in time. */
  get dropped(): number {
    return this.#dropped;
  }

  async read(maxBytes: number): Promise<Uint8Array | undefined> {
    for (;;) {
      if (!this.#isStopped) this.#printDue();
      if (this.#text.length > 0) return this.#take(maxBytes);
      if (this.#isStopped || this.#isGone) {
        this.#exited.resolve(0);
        return undefined;
      }
      await new Promise(resolve => setTimeout(resolve, waitMs));
    }
  }

  write(bytes: Uint8Array): void {
    if (!bytes.includes(interrupt) || this.#isStopped) return;
    this.#isStopped = true;
    const mark = /echo "([\w-]+):\$\?"/.exec(this.#options.command)?.[1] ?? '';
    const counts = `${this.#printed} packets captured\n${this.#printed} packets received by filter\n${this.#dropped} packets dropped by kernel\n`;
    this.#add(`\n${counts}${mark}:0\n`);
  }

  resize(): void {}

  hangUp(): void {
    this.#isStopped = true;
    this.#isGone = true;
    this.#text = new Uint8Array(0);
  }

  get #interfaceName(): string {
    return / -i (\S+)/.exec(this.#options.command)?.[1] ?? 'any';
  }

  get #isAny(): boolean {
    return this.#interfaceName === 'any';
  }

  #printDue(): void {
    const { linesPerSecond } = this.#options;
    const due = Math.floor(((performance.now() - this.#startMs) * linesPerSecond) / 1_000);
    let lines = '';
    while (this.#printed + this.#dropped < due) {
      if (this.#text.length + lines.length < bufferBytes) lines += this.#line(this.#printed++);
      else this.#dropped = due - this.#printed;
    }
    if (lines) this.#add(lines);
  }

  #line(index: number): string {
    const { address, command } = this.#options;
    const isCompact = / -q /.test(command);
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    const prefix = this.#isAny ? `enX0  ${index % 2 === 0 ? 'Out' : 'In '} ` : '';
    const own = `${address}.${40_000 + (index % connections)}`;
    const other = `${servers[index % servers.length]}.443`;
    const ends = index % 2 === 0 ? `${own} > ${other}` : `${other} > ${own}`;
    const sequence = Math.floor(index / connections) * 517 + 1;
    const content = isCompact ? 'tcp 517' : `Flags [P.], seq ${sequence}:${sequence + 517}, ack 1, win 491, length 517`;
    return `${time}${String(index % 1_000).padStart(3, '0')} ${prefix}IP ${ends}: ${content}\n`;
  }

  #add(text: string): void {
    const added = encoder.encode(text);
    const joined = new Uint8Array(this.#text.length + added.length);
    joined.set(this.#text);
    joined.set(added, this.#text.length);
    this.#text = joined;
  }

  #take(maxBytes: number): Uint8Array {
    const taken = this.#text.slice(0, maxBytes);
    this.#text = this.#text.subarray(taken.length);
    return taken;
  }
}
