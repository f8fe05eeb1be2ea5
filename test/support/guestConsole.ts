import { silentLog } from '../../src/base/log';
import { Chance } from '../../src/simulator/chance';
import type { HostNetwork } from '../../src/simulator/network/hostNetwork';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { type LaunchData, noLaunchData } from '../../src/simulator/shell/cloudInit/firstBoot';
import { createGuest } from '../../src/simulator/shell/createGuest';
import type { Guest, GuestTerminal } from '../../src/simulator/shell/guest';
import { Timeline } from '../../src/simulator/timeline';
import { applyGuestEffect, freshGuest, type GuestState } from '../../src/simulator/world/guestState';
import { FakeHostNetwork } from './fakeHostNetwork';
import { runFor, runUntil } from './runTimeline';

const startMs = Date.UTC(2026, 10, 21, 12, 0, 0);
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A guest on virtual time with a person in front of it. */
export class GuestBench {
  readonly timeline = new Timeline(startMs);
  readonly network: FakeHostNetwork;
  readonly guest: Guest;
  /** What the guest would be after a reboot. */
  state: GuestState;

  constructor(
    network?: (timeline: Timeline) => FakeHostNetwork,
    state: GuestState = freshGuest,
    launchData: LaunchData = noLaunchData,
  ) {
    this.state = state;
    this.network = network?.(this.timeline) ?? new FakeHostNetwork(this.timeline);
    this.guest = createGuest({
      network: this.network satisfies HostNetwork,
      timeline: this.timeline,
      chance: new Chance('test'),
      digests: nodeDigests,
      hostName: 'ip-172-31-37-141.ap-south-1.compute.internal',
      instanceId: 'i-0123456789abcdef0',
      region: 'ap-south-1',
      log: silentLog,
      state,
      launchData,
      effects: {
        record: effect => {
          this.state = applyGuestEffect(this.state, effect);
        },
      },
    });
  }

  open(command?: string, options: { readsAtOnce?: boolean } = {}): BenchTerminal {
    return new BenchTerminal(this.timeline, this.guest.openTerminal(command), options.readsAtOnce ?? true);
  }

  pause(durationMs: number): Promise<void> {
    return runFor(this.timeline, durationMs);
  }

  /** Runs `sh -c command` to its end; the text has LF line ends. */
  async run(command: string, limitMs = 600_000): Promise<{ text: string; status: number }> {
    const terminal = this.open(command);
    const status = await terminal.end(limitMs);
    return { text: terminal.text.replaceAll('\r\n', '\n'), status };
  }
}

export class BenchTerminal {
  text = '';
  status: number | undefined;
  isClosed = false;

  constructor(
    private readonly timeline: Timeline,
    readonly terminal: GuestTerminal,
    readsAtOnce: boolean,
  ) {
    void terminal.exited.then(status => {
      this.status = status;
    });
    if (readsAtOnce) void this.#readAll();
  }

  type(text: string): void {
    this.terminal.write(encoder.encode(text));
  }

  async readOnce(maxBytes: number): Promise<void> {
    const bytes = await this.terminal.read(maxBytes);
    if (bytes) this.text += decoder.decode(bytes);
    else this.isClosed = true;
  }

  until(condition: (text: string) => boolean, limitMs = 60_000): Promise<void> {
    return runUntil(this.timeline, () => condition(this.text), limitMs);
  }

  /** Waits until the text shown contains `part`. */
  shows(part: string, limitMs = 60_000): Promise<void> {
    return this.until(text => text.includes(part), limitMs).catch((error: Error) => {
      throw new Error(`${error.message}; wanted ${JSON.stringify(part)}, shown ${JSON.stringify(this.text)}`);
    });
  }

  pause(durationMs: number): Promise<void> {
    return runFor(this.timeline, durationMs);
  }

  async end(limitMs = 60_000): Promise<number> {
    await runUntil(this.timeline, () => this.status !== undefined && this.isClosed, limitMs).catch((error: Error) => {
      throw new Error(`${error.message}; shown ${JSON.stringify(this.text)}`);
    });
    return this.status as number;
  }

  async #readAll(): Promise<void> {
    while (!this.isClosed) await this.readOnce(4_096);
  }
}
