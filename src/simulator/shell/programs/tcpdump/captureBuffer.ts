import type { TappedFrame } from '../../../network/hostNetwork';
import { WaitQueue } from '../../kernel/waitQueue';

/** Room that the kernel's ring takes for a frame besides its bytes (tpacket3_hdr and alignment). */
const frameOverheadBytes = 82;

/** Packets between the kernel and the program: bounded; what does not fit is dropped and counted. */
export class CaptureBuffer {
  readonly changed = new WaitQueue();
  receivedByFilter = 0;
  droppedByKernel = 0;
  #usedBytes = 0;
  readonly #frames: TappedFrame[] = [];

  constructor(
    private readonly capacityBytes: number,
    private readonly snapshotBytes: number,
    private readonly accepts: (frame: TappedFrame) => boolean,
  ) {}

  offer(frame: TappedFrame): void {
    if (!this.accepts(frame)) return;
    this.receivedByFilter++;
    const sizeBytes = this.#sizeOf(frame);
    if (this.#usedBytes + sizeBytes > this.capacityBytes) {
      this.droppedByKernel++;
      return;
    }
    this.#usedBytes += sizeBytes;
    this.#frames.push(frame);
    this.changed.wake();
  }

  take(): TappedFrame | undefined {
    const frame = this.#frames.shift();
    if (frame) this.#usedBytes -= this.#sizeOf(frame);
    return frame;
  }

  #sizeOf(frame: TappedFrame): number {
    return Math.min(frame.bytes.length, this.snapshotBytes) + frameOverheadBytes;
  }
}
