import assert from 'node:assert/strict';
import { region } from '../../../../src/core/ids';
import { createPracticeCloud, resumePracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { decodeJournal, encodeEntry } from '../../../../src/simulator/save/journal';
import { encodePlainData } from '../../../../src/simulator/save/plainData';
import { Timeline } from '../../../../src/simulator/timeline';
import { danglingReferences } from '../../../support/danglingReferences';
import { RandomCalls } from '../../../support/randomCalls';

const callCount = 10_000;
const lookEvery = 100;
const startMs = Date.UTC(2026, 10, 21);
const rules = 'test';
const regions = ['ap-south-1', 'ap-south-1', 'us-east-1', 'eu-west-1'].map(region);

describe('the practice cloud under ten thousand calls', function () {
  this.timeout(240_000);

  it('never fails, leaves nothing dangling in any account and Region, and is told again byte for byte', async () => {
    const complaints: string[] = [];
    const complain = (message: string) => {
      // A damaged request may ask for what AWS has and the practice cloud has not.
      if (!message.endsWith('is not simulated')) complaints.push(message);
    };
    const options = (timeline: Timeline) =>
      ({
        seed: 'ten thousand',
        pace: 1,
        world: 'default',
        digests: nodeDigests,
        timeline,
        streamHost: () => 'wss://stream.test',
        log: { debug() {}, info() {}, warn: complain, error: complain },
      }) as const;
    const timeline = new Timeline(startMs);
    const cloud = createPracticeCloud(options(timeline));
    const lines: string[] = [];
    cloud.onDidRecord(entry => lines.push(encodeEntry(entry)));
    const calls = new RandomCalls({ cloud, timeline, seed: 'calls', everywhere: regions, oneDamagedIn: 10 });
    const seen = new Map<string, number>();
    for (let count = 1; count <= callCount; count++) {
      const { text, outcome } = await calls.call();
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      assert.deepEqual(complaints, [], text);
      assert.match(outcome, /^(?:[A-Za-z.]+|[34]\d\d|501)$/, text);
      if (count % lookEvery === 0) assert.deepEqual(danglingReferences(cloud.world), [], `after ${count}: ${text}`);
    }
    assert.ok((seen.get('done') ?? 0) > callCount / 10, JSON.stringify([...seen]));
    const journal = decodeJournal(lines.join('\n'));
    assert.equal(journal.length, lines.length);
    const saved = encodePlainData(cloud.save(rules));
    const again = await resumePracticeCloud(options(new Timeline(startMs)), {
      saved: undefined,
      journal,
      untilMs: timeline.now(),
    });
    assert.ok(encodePlainData(again.save(rules)) === saved, 'the worlds differ');
    cloud.dispose();
    again.dispose();
  });
});
