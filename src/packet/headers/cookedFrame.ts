import { concatBytes, readUint32, writeUint16, writeUint32 } from './bytes';
import { ETHERNET_HEADER_BYTES } from './ethernet';

/** LINKTYPE_LINUX_SLL2 (tcpdump.org, "Link-layer header types"). */
export const LINK_TYPE_LINUX_SLL2 = 276;

/** Its header, which stands in the place of Ethernet's when capturing on `any`. */
export const SLL2_HEADER_BYTES = 20;

const hardwareTypes = { ethernet: 1, loopback: 772 };
const packetTypes = { toUs: 0, outgoing: 4 };

/** Where and how a frame was seen. */
export interface FrameOrigin {
  readonly interfaceName?: string;
  readonly interfaceIndex?: number;
  readonly direction?: 'in' | 'out';
}

/** An Ethernet frame with the header that a capture on `any` gives it. */
export function cookedBytes(frame: Uint8Array, origin: FrameOrigin): Uint8Array {
  const header = new Uint8Array(SLL2_HEADER_BYTES);
  header.set(frame.subarray(12, 14), 0);
  writeUint32(header, 4, origin.interfaceIndex ?? 0);
  writeUint16(header, 8, origin.interfaceName === 'lo' ? hardwareTypes.loopback : hardwareTypes.ethernet);
  header[10] = origin.direction === 'out' ? packetTypes.outgoing : packetTypes.toUs;
  header[11] = 6;
  header.set(frame.subarray(6, 12), 12);
  return concatBytes(header, frame.subarray(ETHERNET_HEADER_BYTES));
}

/** The Ethernet frame that a cooked one was, as far as it is known: where it went to is lost. Undefined when the header is cut. */
export function uncookedFrame(cooked: Uint8Array): (FrameOrigin & { readonly bytes: Uint8Array }) | undefined {
  if (cooked.length < SLL2_HEADER_BYTES) return undefined;
  const header = new Uint8Array(ETHERNET_HEADER_BYTES);
  header.set(cooked.subarray(12, 18), 6);
  header.set(cooked.subarray(0, 2), 12);
  return {
    bytes: concatBytes(header, cooked.subarray(SLL2_HEADER_BYTES)),
    interfaceIndex: readUint32(cooked, 4),
    direction: cooked[10] === packetTypes.outgoing ? 'out' : 'in',
  };
}
