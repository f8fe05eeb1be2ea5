import assert from 'node:assert/strict';
import type { InstanceId } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import type { Guest } from '../../src/simulator/shell/guest';
import { BenchTerminal } from './guestConsole';
import { startTestCloud, type TestCloud } from './practice';
import { runFor } from './runTimeline';

/** A person at the terminal of an instance of the practice cloud's first account. */
export class CloudGuest {
  readonly test: TestCloud;
  readonly place: Place;
  readonly instanceId: InstanceId;

  constructor(test: TestCloud = startTestCloud(), instance = 0) {
    this.test = test;
    const [account] = test.cloud.accounts;
    assert.ok(account);
    const region = [...test.cloud.world.regions].find(({ place }) => place.accountId === account.accountId);
    assert.ok(region);
    this.place = region.place;
    this.instanceId = [...region.instances.keys()][instance] as InstanceId;
  }

  /** Asked anew each time: it is another one after a reboot. */
  get guest(): Guest {
    const guest = this.test.cloud.guestOf(this.place, this.instanceId);
    assert.ok(guest);
    return guest;
  }

  get address(): string {
    return this.guest.network.interfaces.find(({ name }) => name !== 'lo')?.address ?? '';
  }

  open(command?: string): BenchTerminal {
    return new BenchTerminal(this.test.timeline, this.guest.openTerminal(command), true);
  }

  /** Runs `sh -c command` to its end; the text has LF line ends. */
  async run(command: string, limitMs = 600_000): Promise<{ text: string; status: number }> {
    const terminal = this.open(command);
    const status = await terminal.end(limitMs);
    return { text: terminal.text.replaceAll('\r\n', '\n'), status };
  }

  /** What a command as root prints, asked of the machine itself: Session Manager need not know it. */
  async runAsRoot(command: string): Promise<string> {
    const guest = this.test.cloud.machineOf(this.place, this.instanceId);
    assert.ok(guest);
    const terminal = new BenchTerminal(this.test.timeline, guest.openTerminal(command, true), true);
    await terminal.end();
    return terminal.text.replaceAll('\r\n', '\n');
  }

  pause(durationMs: number): Promise<void> {
    return runFor(this.test.timeline, durationMs);
  }
}
