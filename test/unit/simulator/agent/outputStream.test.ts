import assert from 'node:assert/strict';
import { OutputStream } from '../../../../src/simulator/agent/outputStream';
import { Timeline } from '../../../../src/simulator/timeline';

const numbered = (number: number) => Uint8Array.of(number & 0xff, (number >> 8) & 0xff, number >> 16);
const numberOf = (bytes: Uint8Array) => bytes[0]! + (bytes[1]! << 8) + (bytes[2]! << 16);

describe('the agent as a sender', () => {
  function sender() {
    const timeline = new Timeline(0);
    const sent: number[] = [];
    return { timeline, sent, stream: new OutputStream(timeline, bytes => sent.push(numberOf(bytes))) };
  }

  it('numbers and stores while it is paused; then new frames go first and the stored ones follow, one a tick', () => {
    const { timeline, sent, stream } = sender();
    stream.pause();
    for (let count = 0; count < 3; count++) stream.send(numbered);
    timeline.advanceTo(5_000);
    assert.deepEqual(sent, []);
    stream.resume();
    stream.send(numbered);
    assert.deepEqual(sent, [3]);
    stream.acknowledge(3);
    for (let tick = 0; tick < 3; tick++) {
      timeline.advanceTo(timeline.now() + 100);
      assert.equal(sent.at(-1), tick);
      stream.acknowledge(tick);
    }
    assert.deepEqual(sent, [3, 0, 1, 2]);
    assert.ok(stream.isDrained);
  });

  it('does not store what comes after 100,000 waiting frames: lost once, lost for good', () => {
    const { timeline, sent, stream } = sender();
    stream.pause();
    for (let count = 0; count < 100_001; count++) stream.send(numbered);
    stream.resume();
    for (let number = 0; number < 100_000; number++) stream.acknowledge(number);
    timeline.advanceTo(10_000);
    assert.deepEqual(sent, []);
    assert.ok(stream.isDrained);
  });

  it('ignores acknowledgements of what it never sent', () => {
    const { stream } = sender();
    stream.acknowledge(-1);
    stream.acknowledge(7);
    stream.send(numbered);
    assert.equal(stream.isDrained, false);
    stream.dispose();
  });
});
