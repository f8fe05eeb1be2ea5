import assert from 'node:assert/strict';
import { silentLog } from '../../src/base/log';
import type { InstanceId } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { Timeline } from '../../src/simulator/timeline';
import { BenchTerminal } from './guestConsole';
import { runFor } from './runTimeline';

/** A running instance of the ready world, with the whole cloud behind its network. */
export class CloudBench {
  readonly timeline = new Timeline(Date.UTC(2026, 10, 21, 12));
  readonly cloud: OpenPracticeCloud = createPracticeCloud({
    seed: 'aws-cli',
    pace: 100,
    world: 'default',
    digests: nodeDigests,
    timeline: this.timeline,
    streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
    log: silentLog,
  });

  async run(script: string): Promise<{ text: string; status: number; tookMs: number }> {
    await runFor(this.timeline, 60_000);
    const place: Place = {
      accountId: this.cloud.accounts[1]?.accountId as Place['accountId'],
      region: this.cloud.region as Place['region'],
    };
    const id = [...this.cloud.world.region(place).instances.keys()][0] as InstanceId;
    const guest = this.cloud.guestOf(place, id);
    assert.ok(guest);
    const startMs = this.timeline.now();
    const terminal = new BenchTerminal(this.timeline, guest.openTerminal(script), true);
    const status = await terminal.end(900_000);
    return { text: terminal.text.replaceAll('\r\n', '\n'), status, tookMs: this.timeline.now() - startMs };
  }
}
