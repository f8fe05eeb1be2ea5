import { readUint16, readUint32 } from '../headers/bytes';

/** Raised by a look past the captured bytes. */
export class OutOfFrame extends Error {}

const IP_START = 14;

/** An Ethernet frame as the filter looks at it. Every look past the end throws {@link OutOfFrame}. */
export class FrameBytes {
  constructor(
    readonly bytes: Uint8Array,
    /** Length on the wire. */
    readonly length: number,
  ) {}

  uint8(offset: number): number {
    this.#need(offset, 1);
    return this.bytes[offset] as number;
  }

  uint16(offset: number): number {
    this.#need(offset, 2);
    return readUint16(this.bytes, offset);
  }

  uint32(offset: number): number {
    this.#need(offset, 4);
    return readUint32(this.bytes, offset);
  }

  get etherType(): number {
    return this.uint16(12);
  }

  /** Where TCP, UDP or ICMP begins in an IPv4 packet. */
  get transportOffset(): number {
    return IP_START + (this.uint8(IP_START) & 15) * 4;
  }

  get isLaterFragment(): boolean {
    return (this.uint16(IP_START + 6) & 0x1fff) !== 0;
  }

  /** Whether the bits from `offset` begin with the first `bits` of `expected`. */
  equals(offset: number, expected: Uint8Array, bits: number): boolean {
    this.#need(offset, expected.length);
    return expected.every((byte, index) => {
      const used = Math.max(0, Math.min(8, bits - index * 8));
      const mask = (0xff00 >> used) & 0xff;
      return (((this.bytes[offset + index] as number) ^ byte) & mask) === 0;
    });
  }

  #need(offset: number, length: number): void {
    if (offset < 0 || offset + length > this.bytes.length) throw new OutOfFrame();
  }
}
