/** What a stored packet takes, with its line and without, beside the object that a regular expression makes of it. */
import { CaptureBuffer } from '../../src/capture/captureBuffer';
import { PacketFields } from '../../src/packet/reader/packetFields';
import { noClasses, readIntoColumns } from './columnsReader';
import { collectGarbage } from './inTurns';
import { packetTraffic } from './packetTraffic';
import { readByRegex, TextLines } from './regexReader';
import type { Finding } from './report';

/** The traffic again and again, so that what is not filled yet weighs little. */
const repetitions = 5;

export async function measureMemory(): Promise<readonly Finding[]> {
  const { chunks, packets } = packetTraffic();
  const many = Array.from({ length: repetitions }, () => chunks).flat();
  const ofPacket = (make: () => unknown, count = packets * repetitions) => bytesOf(make) / count;
  const withText = ofPacket(() => readIntoColumns(many));
  const withoutText = ofPacket(() => withoutLines(packets * repetitions));
  const object = { name: 'an object with its line', value: ofPacket(() => objects(chunks), packets) };
  const row = (job: string, ours: number, limit: number): Finding => {
    return { job, unit: 'B', ours, better: 'less', peer: object, goal: { limit } };
  };
  return [
    row('memory of a stored packet in columns, without its line', withoutText, 48),
    row('memory of a stored packet in columns, with its line', withText, 200),
  ];
}

function withoutLines(packets: number): CaptureBuffer {
  const buffer = new CaptureBuffer();
  const fields = new PacketFields();
  const nothing = new Uint8Array(0);
  for (let packet = 0; packet < packets; packet++) buffer.append(fields, noClasses, nothing, 0, 0);
  if (buffer.endRow !== packets) throw new Error(`${buffer.endRow} packets are stored, not ${packets}`);
  return buffer;
}

function objects(chunks: readonly Uint8Array[]): readonly unknown[] {
  const lines = new TextLines();
  return chunks.flatMap(chunk => lines.take(chunk).map(readByRegex));
}

/** What is in use more when there is what `make` makes. */
function bytesOf(make: () => unknown): number {
  const before = bytesInUse();
  const made = make();
  const after = bytesInUse();
  if (!made) throw new Error('Nothing was made');
  return after - before;
}

function bytesInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
