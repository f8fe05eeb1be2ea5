/** A million rows narrowed by the display filter of the capture page, beside objects and `filter`. */
import { DisplayFilter } from '../../src/packet/displayFilter/displayFilter';
import { parseDisplayFilter } from '../../src/packet/displayFilter/parseDisplayFilter';
import { RowNumbers } from '../../src/packet/displayFilter/rowNumbers';
import type { PacketColumns } from '../../src/packet/packetColumns';
import { unpackColumns } from '../../src/packet/packing';
import { readIntoColumns } from './columnsReader';
import { cpuMsInTurns } from './inTurns';
import { packetTraffic } from './packetTraffic';
import { type PacketObject, readByRegex, TextLines } from './regexReader';
import type { Finding } from './report';

/** The traffic again and again, to a million rows. */
const repetitions = 10;
const address = '172.31.36.107';
const port = 443;

export async function measureFiltering(): Promise<readonly Finding[]> {
  const { chunks, packets } = packetTraffic();
  const columns = unpackColumns(readIntoColumns(chunks).pack(0, packets).columns);
  const lines = new TextLines();
  const objects = chunks.flatMap(chunk => lines.take(chunk).flatMap(line => readByRegex(line) ?? []));
  const counts = [countRows(columns), countObjects(objects)];
  if (counts[0] !== counts[1] || counts[0] === 0) throw new Error(`The filters found ${counts.join(' and ')} packets`);
  const [ours, theirs] = await cpuMsInTurns([() => countRows(columns), () => countObjects(objects)], 21);
  return [
    {
      job: `display filter "${address} port:${port}" over ${(packets * repetitions).toLocaleString('en')} rows`,
      unit: 'ms',
      ours,
      better: 'less',
      peer: { name: 'objects', value: theirs },
      goal: { limit: 5 },
    },
  ];
}

function countRows(columns: PacketColumns): number {
  const parsing = parseDisplayFilter(`${address} port:${port}`);
  if (!parsing.isFilter) throw new Error('The filter is not understood');
  const filter = new DisplayFilter(parsing.terms);
  const found = new RowNumbers();
  for (let time = 0; time < repetitions; time++) filter.select(columns, 0, columns.count, time * columns.count, found);
  return found.count;
}

function countObjects(packets: readonly PacketObject[]): number {
  let count = 0;
  for (let time = 0; time < repetitions; time++) count += packets.filter(isWished).length;
  return count;
}

const isWished = (packet: PacketObject) =>
  (packet.source === address || packet.destination === address) &&
  (packet.sourcePort === port || packet.destinationPort === port);
