import assert from 'node:assert/strict';
import { FrameStore } from '../../../src/capture/frameStore';

const frame = (index: number) => ({
  linkType: 1,
  timeMicros: index,
  bytes: Uint8Array.of(index, index, index),
  originalBytes: 3,
});

describe('FrameStore', () => {
  it('gives a frame by its number, and none that is not there', () => {
    const frames = new FrameStore();
    for (let index = 0; index < 5; index++) frames.add(frame(index));
    assert.deepEqual(frames.frame(3), frame(3));
    assert.deepEqual([frames.frame(-1), frames.frame(5)], [undefined, undefined]);
  });

  it('keeps the numbers of frames whose elders have made room', () => {
    const mebibyte = 1024 * 1024;
    const frames = new FrameStore(2 * mebibyte);
    for (let index = 0; index < 4; index++)
      frames.add({ ...frame(index), bytes: new Uint8Array(mebibyte).fill(index) });
    assert.equal(frames.frame(frames.firstFrame - 1), undefined);
    assert.equal(frames.frame(3)?.bytes[0], 3);
    assert.equal(frames.frame(frames.firstFrame)?.bytes[0], frames.firstFrame);
  });
});
