import assert from 'node:assert/strict';
import { deferred } from '../../../src/base/async';
import { Timeline } from '../../../src/simulator/timeline';
import { newChannelCounters } from '../../../src/ssm/channelCounters';
import type { Frame } from '../../../src/ssm/frameCodec';
import { OutputReceiver } from '../../../src/ssm/outputReceiver';
import { encodeVectors, frameOf } from '../../support/ssmVectors';

const template = frameOf(encodeVectors[0]!.fields!);
const frame = (number: number | bigint): Frame => ({ ...template, sequenceNumber: BigInt(number) });

/** Lets promises settle. */
const answers = () => new Promise(resolve => setImmediate(resolve));

describe('output receiver', () => {
  function receiver(isLinkAlive = true) {
    const timeline = new Timeline(0);
    const counters = newChannelCounters();
    const acknowledged: number[] = [];
    const delivered: number[] = [];
    const losses: number[] = [];
    const answer = deferred<void>();
    const receiver = new OutputReceiver({
      clock: timeline,
      counters,
      acknowledge: ({ sequenceNumber }) => acknowledged.push(Number(sequenceNumber)),
      deliver: ({ sequenceNumber }) => delivered.push(Number(sequenceNumber)),
      reportLoss: frames => losses.push(frames),
      proveLink: () => answer.promise,
    });
    if (isLinkAlive) answer.resolve();
    return { receiver, timeline, answer, counters, acknowledged, delivered, losses };
  }

  it('neither keeps nor acknowledges early frames beyond 10,000, and takes them when they come again', () => {
    const { receiver: subject, counters, acknowledged, delivered } = receiver();
    for (let number = 1; number <= 10_001; number++) subject.receive(frame(number));
    assert.equal(acknowledged.length, 10_000);
    assert.equal(counters.refused, 1);
    subject.receive(frame(0));
    subject.receive(frame(10_001));
    assert.deepEqual(delivered, [...Array(10_002).keys()]);
    subject.dispose();
  });

  it('drops numbers that are negative or over 2^53 without acknowledgement', () => {
    const { receiver: subject, counters, acknowledged } = receiver();
    subject.receive(frame(-1));
    subject.receive(frame(2n ** 53n));
    assert.deepEqual(acknowledged, []);
    assert.equal(counters.malformed, 2);
  });

  it('has patience while a hole is being filled frame by frame', async () => {
    const { receiver: subject, timeline, losses, delivered } = receiver();
    for (const number of [10, 11]) subject.receive(frame(number));
    for (let number = 0; number < 5; number++) {
      timeline.advanceTo(timeline.now() + 9_000);
      subject.receive(frame(number));
    }
    assert.deepEqual(losses, []);
    timeline.advanceTo(timeline.now() + 10_000);
    await answers();
    assert.deepEqual(losses, [5]);
    assert.deepEqual(delivered, [0, 1, 2, 3, 4, 10, 11]);
  });

  it('starts its patience anew when the link is back', async () => {
    const { receiver: subject, timeline, losses } = receiver();
    subject.receive(frame(3));
    timeline.advanceTo(8_000);
    subject.setLinkUp(false);
    timeline.advanceTo(60_000);
    subject.setLinkUp(true);
    timeline.advanceTo(69_000);
    await answers();
    assert.deepEqual(losses, []);
    timeline.advanceTo(70_000);
    await answers();
    assert.deepEqual(losses, [3]);
  });

  it('gives no hole up while a link that stalls in silence may be all that keeps it open', async () => {
    const { receiver: subject, timeline, losses, answer, delivered } = receiver(false);
    subject.receive(frame(1));
    timeline.advanceTo(50_000);
    await answers();
    assert.deepEqual(losses, []);
    subject.setLinkUp(false);
    subject.setLinkUp(true);
    answer.resolve();
    await answers();
    assert.deepEqual(losses, [], 'an answer for the old link says nothing of the new one');
    subject.receive(frame(0));
    assert.deepEqual([losses, delivered], [[], [0, 1]]);
  });
});
