import { type PacketJson, packetJson } from '../../src/packet/reader/packetJson';
import type { StatusEvent } from '../../src/packet/reader/statusLine';
import { TcpdumpReader } from '../../src/packet/tcpdumpReader';

export interface ReadLines {
  readonly packets: PacketJson[];
  readonly statuses: StatusEvent[];
  readonly texts: { readonly line: number; readonly text: string }[];
}

/** Reads text that arrives in the chunks given. */
export function readChunks(chunks: readonly Uint8Array[]): ReadLines {
  const read: ReadLines = { packets: [], statuses: [], texts: [] };
  const reader = new TcpdumpReader({
    onPacket: (fields, bytes, _start, end, line) => read.packets.push(packetJson(fields, bytes, end, line)),
    onStatus: event => read.statuses.push(event),
    onText: (bytes, start, end, line) =>
      read.texts.push({ line, text: new TextDecoder().decode(bytes.subarray(start, end)) }),
  });
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return read;
}

export const utf8 = (text: string) => new TextEncoder().encode(text);

export const readText = (text: string) => readChunks([utf8(text)]);
