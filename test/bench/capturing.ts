/** From the chunks of a stream to the batches for the page: the capture's own pipeline, beside what is mostly written for it. */
import assert from 'node:assert/strict';
import ipaddr, { type IPv4 } from 'ipaddr.js';
import { CapturePipeline } from '../../src/capture/capturePipeline';
import { type AddressClass, addressClasses } from '../../src/core/classification';
import { unpackColumns } from '../../src/packet/packing';
import { cpuMsInTurns, rateOf } from './inTurns';
import { labClassifier, placesByRange } from './labNetwork';
import { packetTraffic } from './packetTraffic';
import { type PacketObject, readByRegex, TextLines } from './regexReader';
import type { Finding } from './report';

interface PlacedPacket extends PacketObject {
  readonly sourceClass: AddressClass;
  readonly destinationClass: AddressClass;
}

const ownAddress = '172.31.37.141';
const { classify } = labClassifier();
const ranges = placesByRange.map(([range, addressClass]) => ({ range: ipaddr.IPv4.parseCIDR(range), addressClass }));

export async function measureCapturing(): Promise<readonly Finding[]> {
  const { chunks, packets } = packetTraffic();
  checkPlaces(chunks, packets);
  const pipeline = newPipeline(packets);
  const [ours, theirs] = await cpuMsInTurns([() => capture(chunks, pipeline), () => captureObjects(chunks)]);
  return [
    {
      job: 'chunk, parse, classify, store, batch; beside regex, ipaddr.js, objects and JSON',
      unit: 'packets/s',
      ours: rateOf(packets, ours),
      better: 'more',
      peer: { name: 'regex, ipaddr.js, objects, JSON', value: rateOf(packets, theirs) },
      goal: { times: 20 },
    },
  ];
}

/** With room for all packets of the traffic; when it comes once more, the oldest make room. */
const newPipeline = (packets: number) =>
  new CapturePipeline({ classify, ownAddress, limits: { rows: packets + 4096 } });

/** A batch for each chunk. */
function capture(chunks: readonly Uint8Array[], pipeline: CapturePipeline): CapturePipeline {
  for (const chunk of chunks) {
    pipeline.write(chunk);
    pipeline.takeBatch();
  }
  return pipeline;
}

function captureObjects(chunks: readonly Uint8Array[]): readonly (PlacedPacket | undefined)[] {
  const stored: (PlacedPacket | undefined)[] = [];
  const lines = new TextLines();
  for (const chunk of chunks) {
    const batch = lines.take(chunk).map(placedPacket);
    stored.push(...batch);
    JSON.stringify(batch);
  }
  return stored;
}

function placedPacket(line: string): PlacedPacket | undefined {
  const packet = readByRegex(line);
  if (!packet) return undefined;
  return { ...packet, sourceClass: classOf(packet.source), destinationClass: classOf(packet.destination) };
}

function classOf(text: string): AddressClass {
  const address: IPv4 = ipaddr.IPv4.parse(text);
  return ranges.find(({ range }) => address.match(range))?.addressClass ?? 'unknown';
}

/** Both find the same places. */
function checkPlaces(chunks: readonly Uint8Array[], packets: number): void {
  const columns = unpackColumns(capture(chunks, newPipeline(packets)).snapshot().columns);
  const objects = captureObjects(chunks);
  assert.equal(columns.count, packets);
  assert.equal(objects.length, packets);
  for (const [row, object] of objects.entries()) {
    if (!object) continue;
    assert.equal(addressClasses[columns.sourceClass[row] as number], object.sourceClass, object.line);
    assert.equal(addressClasses[columns.destinationClass[row] as number], object.destinationClass, object.line);
  }
}
