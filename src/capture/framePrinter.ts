import { LINK_TYPE_LINUX_SLL2 } from '../packet/headers/cookedFrame';
import { printableFrame } from '../packet/printableFrame';
import { TcpdumpPrinter } from '../packet/tcpdumpPrinter';
import type { StoredFrame } from './frameStore';

/** The lines of frames as tcpdump would print them with `-nn -tttt`, for packets that came as bytes. */
export class FramePrinter {
  readonly #plain = new TcpdumpPrinter({ numeric: true, time: 'dateTime' });
  readonly #any = new TcpdumpPrinter({ numeric: true, time: 'dateTime', isAnyInterface: true });
  readonly #encoder = new TextEncoder();

  /** One line, without its end: what tcpdump dumps of protocols that it does not know is left to the bytes. Undefined for links that we do not read. */
  line({ linkType, ...record }: StoredFrame): Uint8Array | undefined {
    const frame = printableFrame(linkType, record);
    if (!frame) return undefined;
    const printer = linkType === LINK_TYPE_LINUX_SLL2 ? this.#any : this.#plain;
    const [first = ''] = printer.print(frame).split('\n', 1);
    return this.#encoder.encode(first);
  }
}
