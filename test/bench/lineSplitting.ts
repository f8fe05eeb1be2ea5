/** A byte stream cut into lines: ours beside Node's own `readline`. */
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { LineSplitter } from '../../src/packet/reader/lineSplitter';
import { cpuMsInTurns, rateOf } from './inTurns';
import { packetTraffic } from './packetTraffic';
import type { Finding } from './report';

export async function measureLines(): Promise<readonly Finding[]> {
  const { chunks, packets } = packetTraffic();
  await checkLines(chunks);
  const [ours, theirs] = await cpuMsInTurns([() => split(chunks, () => {}), () => splitByReadline(chunks, () => {})]);
  return [
    {
      job: 'a byte stream cut into lines, beside readline',
      unit: 'lines/s',
      ours: rateOf(packets, ours),
      better: 'more',
      peer: { name: 'readline', value: rateOf(packets, theirs) },
      goal: { times: 5 },
    },
  ];
}

function split(chunks: readonly Uint8Array[], onLine: (bytes: Uint8Array, start: number, end: number) => void): void {
  const splitter = new LineSplitter(onLine);
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
}

async function splitByReadline(chunks: readonly Uint8Array[], onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: Readable.from(chunks), crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', onLine);
  await new Promise(resolve => lines.once('close', resolve));
}

async function checkLines(chunks: readonly Uint8Array[]): Promise<void> {
  const ours: string[] = [];
  const theirs: string[] = [];
  split(chunks, (bytes, start, end) => ours.push(Buffer.from(bytes.subarray(start, end)).toString()));
  await splitByReadline(chunks, line => theirs.push(line));
  assert.deepEqual(ours, theirs);
}
