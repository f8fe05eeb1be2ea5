import { silentLog } from '../../src/base/log';
import type { InstanceId } from '../../src/core/ids';
import { Chance } from '../../src/simulator/chance';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { createGuest } from '../../src/simulator/shell/createGuest';
import type { Guest } from '../../src/simulator/shell/guest';
import { Timeline } from '../../src/simulator/timeline';
import { freshGuest } from '../../src/simulator/world/guestState';
import type { PlaceState } from '../../src/simulator/world/placeState';
import type { WorldKind } from '../../src/simulator/worldKinds';
import { BenchTerminal } from './guestConsole';
import { numbered } from './numberedWords';
import { runFor, runUntil } from './runTimeline';

export type AccountName = 'provider' | 'consumer';

/** What a typed line showed, and how it ended. */
export interface Typed {
  readonly text: string;
  readonly status: number;
}

const limitMs = 20 * 60_000;
/** Milliseconds in which a terminal shows its last; one that a program in the background holds stays open. */
const drainTurns = 20;
const laptopAddress = '198.51.100.7';

/**
 * A student's desk: a laptop on the internet with the AWS CLI and the keys of both accounts, and shells on instances. Everything that is
 * typed goes into a transcript with what it showed. Time is simulated.
 */
export class LabDesk {
  /** How many times faster than on AWS states change. */
  static readonly pace = 20;
  readonly timeline = new Timeline(Date.parse('2026-11-21T09:00:00Z'));
  readonly cloud: OpenPracticeCloud;
  readonly #laptop: Guest;
  readonly #lines: string[] = [];

  constructor(world: WorldKind) {
    this.cloud = createPracticeCloud({
      seed: 'lab desk',
      pace: LabDesk.pace,
      world,
      digests: nodeDigests,
      timeline: this.timeline,
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log: silentLog,
    });
    this.#laptop = createGuest({
      network: this.cloud.fabric.internetHost(laptopAddress),
      timeline: this.timeline,
      chance: new Chance('laptop'),
      digests: nodeDigests,
      hostName: 'laptop',
      instanceId: '',
      region: this.cloud.region,
      log: silentLog,
      state: freshGuest,
      effects: { record: () => undefined },
    });
  }

  /** A sentence between the lines. */
  say(text: string): void {
    this.#lines.push('', `# ${text}`);
  }

  /** What another transcript shows in full: its lines are typed, and only the sentence is kept. */
  async beforehand<T>(text: string, type: () => Promise<T>): Promise<T> {
    const kept = this.#lines.length;
    const made = await type();
    this.#lines.length = kept;
    this.say(text);
    return made;
  }

  /** Types a line on the laptop, with an account's keys. */
  async laptop(account: AccountName, line: string): Promise<Typed> {
    const keys = this.cloud.accounts.find(({ name }) => name === account);
    const environment = [
      `export AWS_ACCESS_KEY_ID='${keys?.accessKeyId}' AWS_SECRET_ACCESS_KEY='${keys?.secretAccessKey}'`,
      `export AWS_DEFAULT_REGION=${this.cloud.region} AWS_PAGER=''`,
    ];
    return this.#type(this.#laptop, `${account}@laptop$ ${line}`, [...environment, line].join('\n'));
  }

  /** The same, for a value that the next lines need: what was shown, without its line end. */
  async value(account: AccountName, line: string): Promise<string> {
    return (await this.laptop(account, line)).text.trim();
  }

  /** Types a line in a shell on an instance, by its Name tag. */
  async instance(account: AccountName, name: string, line: string): Promise<Typed> {
    return this.#type(this.#guestOf(account, name), `${name}$ ${line}`, line);
  }

  /** Captures on an instance with one terminal while a line is typed in another; shows what tcpdump printed. */
  async capture(
    account: AccountName,
    name: string,
    tcpdump: string,
    line: string,
  ): Promise<Typed & { packets: string }> {
    let typed: Typed = { text: '', status: 0 };
    const packets = await this.captureWhile(account, name, tcpdump, async () => {
      typed = await this.instance(account, name, line);
    });
    return { ...typed, packets };
  }

  /** Captures on an instance while anything else happens; shows and answers what tcpdump printed. */
  async captureWhile(
    account: AccountName,
    name: string,
    tcpdump: string,
    act: () => Promise<unknown>,
  ): Promise<string> {
    const terminal = new BenchTerminal(
      this.timeline,
      this.#guestOf(account, name).openTerminal(`sudo ${tcpdump}`),
      true,
    );
    await this.#until(() => terminal.text.includes('listening on'));
    await act();
    await this.pass(1000);
    if (terminal.status === undefined) terminal.type('\u0003');
    await this.#untilEnded(terminal);
    const packets = terminal.text.replaceAll('\r\n', '\n');
    this.#lines.push(`${name}$ sudo ${tcpdump}     (another terminal)`, packets.trimEnd());
    return packets;
  }

  /** Lets simulated time pass. */
  pass(durationMs: number): Promise<void> {
    return runFor(this.timeline, durationMs);
  }

  /** Everything typed and shown, with what another seed would change replaced by numbered words. */
  get transcript(): string {
    return masked(`${this.#lines.join('\n').trim()}\n`);
  }

  dispose(): void {
    this.#laptop.shutDown();
    this.cloud.dispose();
  }

  async #type(guest: Guest, shown: string, line: string): Promise<Typed> {
    const terminal = new BenchTerminal(this.timeline, guest.openTerminal(line), true);
    await this.#untilEnded(terminal);
    const text = terminal.text.replaceAll('\r\n', '\n');
    const status = terminal.status ?? 0;
    this.#lines.push(
      shown,
      ...(text === '' ? [] : [text.replace(/\n$/, '')]),
      ...(status === 0 ? [] : [`(exit ${status})`]),
    );
    return { text, status };
  }

  /** What a program wrote at its very end is still on its way when it has ended. */
  async #untilEnded(terminal: BenchTerminal): Promise<void> {
    await this.#until(() => terminal.status !== undefined);
    for (let turns = 0; turns < drainTurns && !terminal.isClosed; turns++) await this.pass(1);
  }

  /** Simulated time stands still while real files are read and real digests are computed. */
  async #until(condition: () => boolean): Promise<void> {
    const endMs = this.timeline.now() + limitMs;
    for (let stillTurns = 0; !condition(); stillTurns++) {
      const beforeMs = this.timeline.now();
      await runUntil(this.timeline, condition, limitMs).catch(() => new Promise(resolve => setTimeout(resolve, 1)));
      if (this.timeline.now() > beforeMs) stillTurns = 0;
      if (stillTurns > 1000 || this.timeline.now() > endMs)
        throw new Error(`Nothing came of it; so far:\n${this.#lines.join('\n')}`);
    }
  }

  #guestOf(account: AccountName, name: string): Guest {
    const { state, id } = this.#running(account, name);
    const guest = this.cloud.machineOf(state.place, id);
    if (!guest) throw new Error(`${name} does not run`);
    return guest;
  }

  /** An instance by its Name tag, in any Region. */
  #running(account: AccountName, name: string): { readonly state: PlaceState; readonly id: InstanceId } {
    for (const state of this.#places(account)) {
      const found = [...state.instances.values()].find(each => each.tags.Name === name && each.state === 'running');
      if (found) return { state, id: found.id };
    }
    throw new Error(`${name} does not run`);
  }

  #places(account: AccountName): PlaceState[] {
    const found = this.cloud.world.accounts.find(({ name }) => name === account);
    return [...this.cloud.world.regions].filter(({ place }) => place.accountId === found?.id);
  }
}

const idForm =
  /\b(?:vpce-svc-perm|vpce-svc|vpce|vpc-cidr-assoc|vpc|subnet|rtbassoc|rtb|eni-attach|eni|sgr|sg|igw|i|r|nat|eipassoc|eipalloc|pcx|eice|aclassoc|acl|dopt|vol|ami|iip-assoc|key)-[0-9a-f]{17}\b/g;

/** A terminal shows colours, a file does not. */
function withoutColours(text: string): string {
  return text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}

/** Hides what another seed or another scheduling would change: ids, addresses, ports, clocks and sequence numbers. */
function masked(text: string): string {
  const calm = withoutColours(text)
    .replace(/\b\d\d:\d\d:\d\d\.\d{6}\b/g, '<time>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g, '<date>')
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/(?<!echo re.*)\b(seq|ack|win) \d+(:\d+)?/g, '$1 #')
    .replace(/TS val \d+ ecr \d+/g, 'TS val # ecr #')
    .replace(/\.(?:3[2-9]|[4-6]\d)\d{3}(?=[ :])/g, '.<port>')
    .replace(/: \d+(?=[+ ].*\(\d+\)$)/gm, ': <id>')
    .replace(/^((?:real|user|sys)\t\d+m\d+)\.\d{3}s$/gm, '$1.###s')
    .replace(/\bAAAA[A-Za-z0-9+/]{60,}=*/g, '<key>')
    .replace(/time=\d+(?:\.\d+)? ms/g, 'time=# ms')
    .replace(/(rtt min\/avg\/max\/mdev = ).*/g, '$1#')
    .replace(/, time \d+ms/g, ', time #ms');
  const ids = numbered(calm, idForm, word => `${word.slice(0, word.lastIndexOf('-'))}-#`);
  return numbered(
    ids,
    /\b(?:172\.31|10\.\d+)\.(?!0\.2\b)\d+\.\d+\b(?!\/\d)/g,
    word => `${word.split('.').slice(0, 2).join('.')}.#`,
  );
}
