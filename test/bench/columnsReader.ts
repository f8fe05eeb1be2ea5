import { CaptureBuffer } from '../../src/capture/captureBuffer';
import { TcpdumpReader } from '../../src/packet/tcpdumpReader';

export const noClasses = { sourceClass: 0, destinationClass: 0, interfaceRow: 0, routeRow: 0, remoteClass: 0 };

/** Reads tcpdump's text into the columns of a capture; throws when a line is no packet. */
export function readIntoColumns(chunks: readonly Uint8Array[], buffer = new CaptureBuffer()): CaptureBuffer {
  const reader = new TcpdumpReader({
    onPacket: (fields, bytes, start, end) => buffer.append(fields, noClasses, bytes, start, end),
    onStatus: refuse,
    onText: refuse,
  });
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return buffer;
}

function refuse(): void {
  throw new Error('A line was not read as a packet');
}
