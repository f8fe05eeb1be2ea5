/** What a row costs on its way from the host to the page: many rows in one ArrayBuffer, as ours travel, beside an array of objects. */
import assert from 'node:assert/strict';
import { infoAt, lengthAt, lineAt, protocolAt, unpackColumns } from '../../src/packet/packing';
import type { RowsPush } from '../../src/protocol/capture';
import { rowsOf } from '../support/capturedRows';
import { cpuMsInTurns } from './inTurns';
import { payloadsOf } from './outputFrames';
import type { Finding } from './report';

/** So many rows are sent in each measurement, in as many messages as it takes. */
const allRows = 100_000;
/** Ours are sent so many times as often: what takes a few ms is lost in the collection of garbage before each turn. */
const ourTimes = 20;

export async function measurePageMessages(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const count of [1_000, 10_000]) findings.push(await measureRows(count));
  return findings;
}

async function measureRows(count: number): Promise<Finding> {
  const packed = rowsOf(linesOf(count));
  const objects = { kind: 'rows', first: 0, rows: objectsOf(packed) };
  assert.equal(objects.rows.length, count);
  assert.deepEqual(objectsOf(shipped(packed) as RowsPush), objects.rows);
  assert.deepEqual(shipped(objects), objects);
  const times = await cpuMsInTurns([
    () => repeat(count, ourTimes * allRows, () => unpackColumns((shipped(packed) as RowsPush).columns)),
    () => repeat(count, allRows, () => shipped(objects)),
  ]);
  const ours = (times[0] * 1000) / (ourTimes * allRows);
  const peer = (times[1] * 1000) / allRows;
  return {
    job: `host to page, ${count.toLocaleString('en')} rows in a message`,
    unit: 'µs',
    ours,
    better: 'less',
    peer: { name: 'an array of objects', value: peer },
    goal: { times: 50 },
  };
}

function repeat(count: number, wanted: number, send: () => unknown): void {
  for (let sent = 0; sent < wanted; sent += count) send();
}

function linesOf(count: number): readonly string[] {
  const text = Buffer.concat(payloadsOf(Math.ceil(count / 5))).toString();
  return text.split('\n').slice(0, count);
}

function objectsOf({ columns: packed }: RowsPush) {
  const columns = unpackColumns(packed);
  return Array.from({ length: columns.count }, (_, row) => ({
    timeMicros: columns.timeMicros[row],
    source: columns.source[row],
    destination: columns.destination[row],
    sourcePort: columns.sourcePort[row],
    destinationPort: columns.destinationPort[row],
    protocol: protocolAt(columns, row),
    length: lengthAt(columns, row),
    tcpFlags: columns.tcpFlags[row],
    sourceClass: columns.sourceClass[row],
    destinationClass: columns.destinationClass[row],
    info: infoAt(columns, row),
    line: lineAt(columns, row),
  }));
}

interface Reference {
  readonly buffer: number;
}

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && 'buffer' in value && typeof value.buffer === 'number';

/**
 * The way of a webview's message in VS Code: the extension host writes it as JSON, which visits every property, with references in place
 * of buffers; text and buffers are copied to the window, which reads the JSON and clones the message into the page, buffers transferred.
 */
function shipped(message: unknown): unknown {
  const buffers: ArrayBuffer[] = [];
  const json = JSON.stringify(message, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? ({ buffer: buffers.push(value) - 1 } satisfies Reference) : value,
  );
  const received = buffers.map(buffer => buffer.slice(0));
  const text = Buffer.from(json).toString();
  const read = JSON.parse(text, (_key, value: unknown) => (isReference(value) ? received[value.buffer] : value));
  return structuredClone(read, { transfer: received });
}
