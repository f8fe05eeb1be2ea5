import assert from 'node:assert/strict';
import { silentLog } from '../../../../src/base/log';
import {
  createPracticeCloud,
  type OpenPracticeCloud,
  resumePracticeCloud,
} from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { decodeJournal, encodeEntry, type JournalEntry } from '../../../../src/simulator/save/journal';
import { decodePlainData, encodePlainData } from '../../../../src/simulator/save/plainData';
import type { SavedWorld } from '../../../../src/simulator/save/savedWorld';
import { Timeline } from '../../../../src/simulator/timeline';
import { danglingReferences } from '../../../support/danglingReferences';
import { RandomCalls } from '../../../support/randomCalls';

const startMs = Date.UTC(2026, 10, 21);
const rules = 'test';

const options = (timeline: Timeline, seed: string) =>
  ({
    seed,
    pace: 1,
    world: 'default',
    digests: nodeDigests,
    timeline,
    streamHost: () => 'wss://stream.test',
    log: silentLog,
  }) as const;

/** A world after some random calls, with its journal, and with snapshots taken on the way. */
async function livedThrough(seed: string, callCount: number, snapshotEvery: number) {
  const timeline = new Timeline(startMs);
  const cloud = createPracticeCloud(options(timeline, seed));
  const lines: string[] = [];
  const snapshots: { readonly text: string; readonly lines: number }[] = [];
  cloud.onDidRecord(entry => lines.push(encodeEntry(entry)));
  const calls = new RandomCalls({ cloud, timeline, seed });
  for (let count = 0; count < callCount; count++) {
    await calls.call();
    if (count % snapshotEvery === 0) snapshots.push({ text: textOf(cloud), lines: lines.length });
  }
  return { cloud, timeline, snapshots, journal: decodeJournal(lines.join('\n')), lines };
}

const textOf = (cloud: OpenPracticeCloud) => encodePlainData(cloud.save(rules));

/** The same past, told to another cloud up to a moment. */
async function toldAgain(
  seed: string,
  journal: readonly JournalEntry[],
  untilMs: number,
  saved?: SavedWorld,
): Promise<OpenPracticeCloud> {
  const timeline = new Timeline(saved?.atMs ?? startMs);
  return resumePracticeCloud(options(timeline, seed), { saved, journal, untilMs });
}

/** Says where two texts part, because whole worlds are too long to read. */
function assertSame(actual: string, expected: string): void {
  if (actual === expected) return;
  const at = [...expected].findIndex((letter, index) => letter !== actual[index]);
  const around = (text: string) => text.slice(Math.max(0, at - 120), at + 80);
  assert.fail(`They part at ${at}:\n${around(actual)}\n${around(expected)}`);
}

describe('a practice world that is told again', function () {
  this.timeout(60_000);

  it('is the same, byte for byte, from its beginning', async () => {
    const life = await livedThrough('told again', 400, 400);
    const again = await toldAgain('told again', life.journal, life.timeline.now());
    assert.equal(life.journal.length, life.lines.length);
    assertSame(textOf(again), textOf(life.cloud));
    assert.deepEqual(danglingReferences(again.world), []);
  });

  it('is the same from any snapshot on', async () => {
    const life = await livedThrough('snapshots', 200, 40);
    for (const { text, lines } of life.snapshots) {
      const saved = decodePlainData(text) as SavedWorld;
      const again = await toldAgain('snapshots', life.journal.slice(lines), life.timeline.now(), saved);
      assertSame(textOf(again), textOf(life.cloud));
    }
  });

  it('is the same at a moment in its middle', async () => {
    const life = await livedThrough('middle', 120, 1);
    for (const { text } of life.snapshots.slice(20, 30)) {
      const { atMs } = decodePlainData(text) as SavedWorld;
      assertSame(textOf(await toldAgain('middle', life.journal, atMs)), text);
    }
  });

  it('goes its own way once it is forked', async () => {
    const life = await livedThrough('fork', 40, 40);
    const fork = await toldAgain('fork', life.journal, life.timeline.now());
    const before = textOf(life.cloud);
    await new RandomCalls({ cloud: fork, timeline: fork.world.timeline, seed: 'another way' }).call();
    assertSame(textOf(life.cloud), before);
  });
});
