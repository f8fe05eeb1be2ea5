/** tcpdump's text read into columns, beside one regular expression that makes an object of each line, and beside `split`. */
import assert from 'node:assert/strict';
import { CaptureBuffer } from '../../src/capture/captureBuffer';
import { ipv4 } from '../../src/core/ipv4';
import { type PacketColumns, TcpFlag } from '../../src/packet/packetColumns';
import { lengthAt, lineAt, unpackColumns } from '../../src/packet/packing';
import type { PacketJson } from '../../src/packet/reader/packetJson';
import { readChunks } from '../support/readPackets';
import { compareToFact, tsharkFacts } from '../support/tsharkFacts';
import { readIntoColumns } from './columnsReader';
import { cpuMsInTurns, rateOf } from './inTurns';
import { packetTraffic, type Traffic } from './packetTraffic';
import { type PacketObject, readByRegex, readBySplit, TextLines } from './regexReader';
import type { Finding } from './report';
import { isInstalled, withFile } from './tools';

type ReadLine = (line: string) => PacketObject | undefined;

export async function measureParsing(): Promise<readonly Finding[]> {
  const traffic = packetTraffic();
  const { chunks, packets } = traffic;
  for (const readLine of [readByRegex, readBySplit]) checkAgainstObjects(traffic, readLine);
  await checkAgainstTshark(traffic);
  const ring = new CaptureBuffer({ rows: packets });
  const [ours, regex, split] = await cpuMsInTurns([
    () => readIntoColumns(chunks, ring),
    () => readIntoObjects(chunks, readByRegex),
    () => readIntoObjects(chunks, readBySplit),
  ]);
  const beside = (name: string, ms: number): Finding => ({
    job: `tcpdump -nn text read into columns, beside ${name}`,
    unit: 'packets/s',
    ours: rateOf(packets, ours),
    better: 'more',
    peer: { name, value: rateOf(packets, ms) },
    goal: { times: 2.5 },
  });
  return [beside('one regex to objects', regex), beside('split to objects', split)];
}

function readIntoObjects(chunks: readonly Uint8Array[], readLine: ReadLine): (PacketObject | undefined)[] {
  const lines = new TextLines();
  const objects: (PacketObject | undefined)[] = [];
  for (const chunk of chunks) for (const line of lines.take(chunk)) objects.push(readLine(line));
  return objects;
}

/** Every field of every packet that the peer understands. */
function checkAgainstObjects({ chunks, packets }: Traffic, readLine: ReadLine): void {
  const buffer = readIntoColumns(chunks);
  const columns = unpackColumns(buffer.pack(0, packets).columns);
  const objects = readIntoObjects(chunks, readLine);
  assert.equal(columns.count, packets);
  assert.equal(objects.length, packets);
  for (const [row, object] of objects.entries()) if (object) assert.deepEqual(rowOf(columns, row), expectedOf(object));
  const understood = objects.filter(object => object !== undefined).length;
  assert.ok(understood > packets * 0.9, `The peer understood ${understood} of ${packets} lines`);
}

/** A peer's length is looked for only where a packet prints one so. */
function rowOf(columns: PacketColumns, row: number) {
  const line = lineAt(columns, row);
  return [
    line,
    columns.timeMicros[row],
    columns.source[row],
    columns.sourcePort[row],
    columns.destination[row],
    columns.destinationPort[row],
    columns.tcpFlags[row],
    columns.sequence[row],
    line.includes('length ') ? lengthAt(columns, row) : undefined,
  ];
}

function expectedOf(object: PacketObject) {
  const [hours, minutes, seconds] = object.time.split(':').map(Number) as [number, number, number];
  return [
    object.line,
    Math.round(((hours * 60 + minutes) * 60 + seconds) * 1e6),
    ipv4(object.source),
    object.sourcePort,
    ipv4(object.destination),
    object.destinationPort,
    [...(object.flags ?? '')].reduce((bits, letter) => bits | (flagOf[letter] ?? 0), 0),
    object.sequence,
    object.length,
  ];
}

const { fin, syn, rst, psh, ack, urg, ece, cwr } = TcpFlag;
const flagOf: Readonly<Record<string, number>> = { F: fin, S: syn, R: rst, P: psh, '.': ack, U: urg, E: ece, W: cwr };

async function checkAgainstTshark({ pcap, chunks }: Traffic): Promise<void> {
  if (!isInstalled('tshark')) {
    console.error('tshark is not installed: packets were not checked against its reading');
    return;
  }
  const facts = await withFile(pcap, tsharkFacts);
  const { packets } = readChunks(chunks);
  assert.equal(packets.length, facts.length);
  for (const [index, fact] of facts.entries()) compareToFact(packets[index] as PacketJson, fact, `packet ${index + 1}`);
}
