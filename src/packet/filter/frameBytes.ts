import { readUint16, readUint32 } from '../headers/bytes';
import { SLL2_HEADER_BYTES } from '../headers/cookedFrame';
import { ETHERNET_HEADER_BYTES } from '../headers/ethernet';
import type { FilterLinkType } from './filterSyntax';

/** Raised by a look past the captured bytes. */
export class OutOfFrame extends Error {}

/** Where the protocol's type and the network layer begin. */
interface Layout {
  readonly typeAt: number;
  readonly payloadAt: number;
}

const layouts: Readonly<Record<FilterLinkType, Layout>> = {
  ethernet: { typeAt: ETHERNET_HEADER_BYTES - 2, payloadAt: ETHERNET_HEADER_BYTES },
  cooked: { typeAt: 0, payloadAt: SLL2_HEADER_BYTES },
};

/** A frame as the filter looks at it. Every look past the end throws {@link OutOfFrame}. */
export class FrameBytes {
  readonly layout: Layout;

  constructor(
    readonly bytes: Uint8Array,
    /** Length on the wire. */
    readonly length: number,
    readonly linkType: FilterLinkType,
    /** Whether it came in or went out, where that is known. */
    readonly direction: 'in' | 'out' | undefined,
  ) {
    this.layout = layouts[linkType];
  }

  uint8(offset: number): number {
    this.#need(offset, 1);
    return this.bytes[offset] as number;
  }

  uint16(offset: number): number {
    this.#need(offset, 2);
    return readUint16(this.bytes, offset);
  }

  read(size: 1 | 2 | 4, offset: number): number {
    if (size === 1) return this.uint8(offset);
    if (size === 2) return this.uint16(offset);
    this.#need(offset, 4);
    return readUint32(this.bytes, offset);
  }

  /** Where TCP, UDP or ICMP begins in an IPv4 packet behind so many bytes of tags. */
  transportOffset(tagBytes: number): number {
    const ip = this.layout.payloadAt + tagBytes;
    return ip + (this.uint8(ip) & 15) * 4;
  }

  #need(offset: number, length: number): void {
    if (offset < 0 || offset + length > this.bytes.length) throw new OutOfFrame();
  }
}
