import { parseIpv4 } from '../../../../core/ipv4';
import { WaitQueue } from '../../kernel/waitQueue';
import type { Program, Run } from '../../system';
import { complain, print, readArguments } from '../console';
import { hasOption, lastOption } from '../options';
import { lookupFailureText, resolveAddress, resolveHost } from './nameService';

interface PingOptions {
  /** 0: until stopped. */
  readonly count: number;
  readonly intervalMs: number;
  /** How long to wait for the last answer. */
  readonly waitMs: number;
  /** 0: no limit for the whole. */
  readonly deadlineMs: number;
  readonly payloadLength: number;
  readonly isQuiet: boolean;
  readonly isNumeric: boolean;
}

/** ping(8) of iputils. Exit 0 with an answer, 1 without, 2 for other trouble. */
export const ping: Program = async run => {
  const parsed = readArguments(run.args, { short: 'c:i:W:w:s:I:M:t:Q:p:l:qn46bvDOARUf' });
  const [destination] = parsed.operands;
  if (destination === undefined) return complain(run, 'usage error: Destination address required', 1);
  const number = (letter: string, standard: number) => Number(lastOption(parsed, letter) ?? standard);
  const options: PingOptions = {
    count: number('c', 0),
    intervalMs: number('i', 1) * 1_000,
    waitMs: number('W', 10) * 1_000,
    deadlineMs: number('w', 0) * 1_000,
    payloadLength: number('s', 56),
    isQuiet: hasOption(parsed, 'q'),
    isNumeric: hasOption(parsed, 'n'),
  };
  const wrong = Object.values(options).some(value => typeof value === 'number' && !(value >= 0));
  if (wrong || (parsed.options.has('c') && options.count < 1))
    return complain(run, `invalid argument: '${lastOption(parsed, 'c') ?? ''}'`, 1);
  const lookup = await resolveHost(run, destination);
  if (lookup.kind !== 'found') return complain(run, `${destination}: ${lookupFailureText(lookup)}`, 2);
  return new PingSession(run, destination, lookup.addresses[0] as string, options).execute();
};

class PingSession {
  readonly #changed = new WaitQueue();
  readonly #roundTripsMs: number[] = [];
  #firstMs = 0;
  #lastMs = 0;
  #sent = 0;
  #settled = 0;
  /** Packets for which the own kernel found nobody. */
  #errors = 0;
  /** The most packets that were under way at once. */
  #pipe = 0;
  #isStopped = false;
  #label: string;

  constructor(
    private readonly run: Run,
    private readonly destination: string,
    private readonly address: string,
    private readonly options: PingOptions,
  ) {
    this.#label = address;
  }

  async execute(): Promise<number> {
    const { run, options } = this;
    const id = run.system.chance.between(1, 65_535);
    run.process.handle('SIGINT', () => this.#stop());
    if (options.deadlineMs > 0)
      run.process.resources.add(run.process.timeline.after(options.deadlineMs, () => this.#stop()));
    const size = `${options.payloadLength}(${options.payloadLength + 28})`;
    await print(run, `PING ${this.destination} (${this.address}) ${size} bytes of data.\n`);
    await this.#nameTarget();
    this.#firstMs = run.process.timeline.now();
    while (!this.#isStopped && (options.count === 0 || this.#sent < options.count)) {
      this.#lastMs = run.process.timeline.now();
      void this.#send(id, ++this.#sent);
      const isLast = this.#sent === options.count;
      if (!isLast) await this.#waitFor(options.intervalMs, () => false);
    }
    if (!this.#isStopped) await this.#waitFor(options.waitMs, () => this.#settled >= this.#sent);
    await print(run, this.#statistics());
    return this.#roundTripsMs.length > 0 ? 0 : 1;
  }

  get #ownAddress(): string {
    return this.run.system.network.interfaces.find(({ name }) => name !== 'lo')?.address ?? '';
  }

  #stop(): void {
    this.#isStopped = true;
    this.#changed.wake();
  }

  async #nameTarget(): Promise<void> {
    if (this.options.isNumeric || parseIpv4(this.destination) !== undefined) return;
    const name = await resolveAddress(this.run, this.address);
    if (name) this.#label = `${name} (${this.address})`;
  }

  async #send(id: number, sequence: number): Promise<void> {
    const { run, options } = this;
    const echo = { id, sequence, payloadLength: options.payloadLength };
    const answer = await run.system.network.ping(this.address, echo, options.waitMs).catch(() => undefined);
    if (run.process.status || this.#isStopped) return;
    if (answer === 'unreachable') {
      this.#errors++;
      this.#pipe = Math.max(this.#pipe, this.#sent - this.#settled);
      const line = `From ${this.#ownAddress} icmp_seq=${sequence} Destination Host Unreachable\n`;
      if (!options.isQuiet) await print(run, line).catch(() => undefined);
    } else if (answer) {
      this.#roundTripsMs.push(answer.roundTripMs);
      const line = `${options.payloadLength + 8} bytes from ${this.#label}: icmp_seq=${sequence} ttl=${answer.ttl} time=${shown(answer.roundTripMs)} ms\n`;
      if (!options.isQuiet) await print(run, line).catch(() => undefined);
    }
    this.#settled++;
    this.#changed.wake();
  }

  async #waitFor(durationMs: number, isEnough: () => boolean): Promise<void> {
    const { process } = this.run;
    const endMs = process.timeline.now() + durationMs;
    const alarm = process.timeline.after(durationMs, () => this.#changed.wake());
    while (!this.#isStopped && !isEnough() && process.timeline.now() < endMs) await process.waitOn(this.#changed);
    alarm.dispose();
  }

  #statistics(): string {
    const received = this.#roundTripsMs.length;
    const lossPercent = this.#sent === 0 ? 0 : ((this.#sent - received) / this.#sent) * 100;
    const loss = String(Number(lossPercent.toFixed(4)));
    // From the first packet to the last (iputils/iputils:ping/ping_common.c, `cur_time`), not to the end of waiting.
    const takenMs = Math.round(this.#lastMs - this.#firstMs);
    const errors = this.#errors > 0 ? `+${this.#errors} errors, ` : '';
    const head = `\n--- ${this.destination} ping statistics ---\n${this.#sent} packets transmitted, ${received} received, ${errors}${loss}% packet loss, time ${takenMs}ms\n`;
    if (received === 0) return `${head}${this.#pipe > 1 ? `pipe ${this.#pipe}` : ''}\n`;
    const mean = this.#roundTripsMs.reduce((sum, value) => sum + value, 0) / received;
    const squares = this.#roundTripsMs.reduce((sum, value) => sum + value * value, 0) / received;
    const deviation = Math.sqrt(Math.max(0, squares - mean * mean));
    const numbers = [Math.min(...this.#roundTripsMs), mean, Math.max(...this.#roundTripsMs), deviation];
    return `${head}rtt min/avg/max/mdev = ${numbers.map(value => value.toFixed(3)).join('/')} ms\n`;
  }
}

/** As iputils rounds: three significant decimals below 1 ms, fewer above. */
function shown(milliseconds: number): string {
  if (milliseconds >= 100) return milliseconds.toFixed(0);
  if (milliseconds >= 10) return milliseconds.toFixed(1);
  return milliseconds >= 1 ? milliseconds.toFixed(2) : milliseconds.toFixed(3);
}
