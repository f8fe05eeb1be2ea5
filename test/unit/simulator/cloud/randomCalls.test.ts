import assert from 'node:assert/strict';
import { createPracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { Timeline } from '../../../../src/simulator/timeline';
import { danglingReferences } from '../../../support/danglingReferences';
import { RandomCalls } from '../../../support/randomCalls';

const callCount = 1000;

describe('the practice cloud under calls at random', function () {
  this.timeout(30_000);

  for (const seed of ['first', 'second'])
    it(`never fails, never answers what cannot be read, and leaves nothing dangling (${seed})`, async () => {
      const timeline = new Timeline(Date.UTC(2026, 10, 21));
      const complaints: string[] = [];
      const complain = (message: string) => complaints.push(message);
      const cloud = createPracticeCloud({
        seed,
        pace: 1,
        world: 'default',
        digests: nodeDigests,
        timeline,
        streamHost: () => 'wss://stream.test',
        log: { debug() {}, info() {}, warn: complain, error: complain },
      });
      const calls = new RandomCalls({ cloud, timeline, seed });
      const seen = new Map<string, number>();
      for (let count = 0; count < callCount; count++) {
        const { text, outcome } = await calls.call();
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        assert.deepEqual(complaints, [], text);
        // The answer to HEAD has no body, nor has "not modified": its status is all that is known of a refusal.
        assert.match(outcome, /^(?:Head|GetObject )/.test(text) ? /^(?:[A-Za-z.]+|[345]\d\d)$/ : /^[A-Za-z.]+$/, text);
        assert.deepEqual(danglingReferences(cloud.world), [], text);
      }
      assert.ok((seen.get('done') ?? 0) > callCount / 5, JSON.stringify([...seen]));
      cloud.dispose();
    });
});
