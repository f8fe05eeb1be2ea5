import type { CapturedFrame } from './capturedFrame';

/** LINKTYPE_LINUX_SLL2 (tcpdump.org, "Link-layer header types"). */
export const LINK_TYPE_LINUX_SLL2 = 276;

const ethernetHeaderBytes = 14;
const headerBytes = 20;
const hardwareTypes = { ethernet: 1, loopback: 772 };
const packetTypes = { toUs: 0, outgoing: 4 };

/** The frame with the header that a capture on `any` has in place of Ethernet's. */
export function cookedBytes(frame: CapturedFrame): Uint8Array {
  const bytes = new Uint8Array(headerBytes + Math.max(0, frame.bytes.length - ethernetHeaderBytes));
  const view = new DataView(bytes.buffer);
  bytes.set(frame.bytes.subarray(12, 14), 0);
  view.setUint32(4, frame.interfaceIndex ?? 0);
  view.setUint16(8, frame.interfaceName === 'lo' ? hardwareTypes.loopback : hardwareTypes.ethernet);
  bytes[10] = frame.direction === 'out' ? packetTypes.outgoing : packetTypes.toUs;
  bytes[11] = 6;
  bytes.set(frame.bytes.subarray(6, 12), 12);
  bytes.set(frame.bytes.subarray(ethernetHeaderBytes), headerBytes);
  return bytes;
}
