import assert from 'node:assert/strict';
import { silentLog } from '../../../../src/base/log';
import {
  createPracticeCloud,
  type OpenPracticeCloud,
  resumePracticeCloud,
} from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import type { JournalEntry } from '../../../../src/simulator/save/journal';
import { Timeline } from '../../../../src/simulator/timeline';
import { BenchTerminal } from '../../../support/guestConsole';
import { runFor } from '../../../support/runTimeline';

const startMs = Date.UTC(2026, 10, 21);
const options = (timeline: Timeline) =>
  ({
    seed: 'guests',
    pace: 1,
    world: 'default',
    digests: nodeDigests,
    timeline,
    streamHost: () => 'wss://stream.test',
    log: silentLog,
  }) as const;

/** Runs a shell line on the first account's instance. */
async function run(cloud: OpenPracticeCloud, timeline: Timeline, command: string): Promise<string> {
  const [region] = cloud.world.regions;
  const [id] = region?.instances.keys() ?? [];
  const guest = region && id && cloud.guestOf(region.place, id);
  assert.ok(guest);
  const terminal = new BenchTerminal(timeline, guest.openTerminal(command), true);
  await terminal.end(600_000);
  return terminal.text.replaceAll('\r\n', '\n');
}

describe('what instances keep', () => {
  it('is there when the practice cloud is taken up from its journal, and from a snapshot', async () => {
    const timeline = new Timeline(startMs);
    const cloud = createPracticeCloud(options(timeline));
    const journal: JournalEntry[] = [];
    cloud.onDidRecord(entry => journal.push(entry));
    await run(cloud, timeline, 'echo kept > /home/ssm-user/note');
    // What a disk keeps is gathered for a moment.
    await runFor(timeline, 2000);
    const atMs = timeline.now();
    const pasts = [
      { saved: undefined, journal, untilMs: atMs },
      { saved: cloud.save('test'), journal: [] },
    ];
    for (const past of pasts) {
      const again = new Timeline(past.saved?.atMs ?? startMs);
      const resumed = await resumePracticeCloud(options(again), past);
      assert.equal(await run(resumed, again, 'cat /home/ssm-user/note'), 'kept\n');
    }
  });
});
