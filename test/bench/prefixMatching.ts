/** The longest range that an address lies in: the classifier's table beside Node's `BlockList` (which only says whether one does) and a loop with ipaddr.js. */
import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type Cidr, cidrAround, formatIpv4 } from '../../src/core/ipv4';
import { SegmentTable } from '../../src/core/segmentTable';
import { cpuMsInTurns } from './inTurns';
import type { Finding } from './report';

const sizes = [
  { count: 10, times: 25, peerLookups: 5_000 },
  { count: 1_000, times: 150, peerLookups: 500 },
  { count: 100_000, times: 1_500, peerLookups: 10 },
];
const lookups = 200_000;

export async function measurePrefixes(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of sizes) findings.push(await measureSize(size));
  return findings;
}

async function measureSize({ count, times, peerLookups }: (typeof sizes)[number]): Promise<Finding> {
  const random = numbers();
  const ranges = makeRanges(count, random);
  const table = tableOf(ranges);
  const blockList = new BlockList();
  for (const { first, prefixLength } of ranges) blockList.addSubnet(formatIpv4(first), prefixLength);
  const longestFirst = ranges.map(
    ({ first, prefixLength }) => [ipaddr.IPv4.parse(formatIpv4(first)), prefixLength] as [ipaddr.IPv4, number],
  );
  const addresses = Array.from({ length: lookups }, () => random());
  const texts = addresses.slice(0, peerLookups).map(formatIpv4);
  const findByLoop = (text: string) => {
    const address = ipaddr.IPv4.parse(text);
    return longestFirst.findIndex(range => address.match(range));
  };
  for (const [index, text] of texts.entries()) {
    const found = table.lookup(addresses[index] as number);
    assert.equal(found, findByLoop(text), text);
    assert.equal(found >= 0, blockList.check(text), text);
  }
  let hits = 0;
  const [ours, byBlockList, byLoop] = await cpuMsInTurns([
    () =>
      addresses.forEach(address => {
        hits += table.lookup(address);
      }),
    () =>
      texts.forEach(text => {
        hits += Number(blockList.check(text));
      }),
    () =>
      texts.forEach(text => {
        hits += findByLoop(text);
      }),
  ]);
  assert.ok(hits !== 0);
  const peers = [
    { name: 'net.BlockList', value: (byBlockList / peerLookups) * 1e6 },
    { name: 'ipaddr.js', value: (byLoop / peerLookups) * 1e6 },
  ] as const;
  const peer = peers[0].value < peers[1].value ? peers[0] : peers[1];
  const job = `longest of ${count.toLocaleString('en')} ranges for an address, beside the faster of BlockList and ipaddr.js`;
  return { job, unit: 'ns', ours: (ours / lookups) * 1e6, better: 'less', peer, goal: { times } };
}

/** Numerical Recipes' generator. */
function numbers(): () => number {
  let seed = 20_261_130;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
}

/** Different ranges of 16 to 28 bits, longest first. */
function makeRanges(count: number, random: () => number): readonly Cidr[] {
  const made = new Map<string, Cidr>();
  while (made.size < count) {
    const range = cidrAround(random(), 16 + ((random() >>> 8) % 13));
    made.set(keyOf(range), range);
  }
  return [...made.values()].sort((a, b) => b.prefixLength - a.prefixLength);
}

const keyOf = ({ first, prefixLength }: Cidr) => `${first}/${prefixLength}`;

/** The number of the longest range for each piece between two borders; -1 for none. */
function tableOf(ranges: readonly Cidr[]): SegmentTable<number> {
  const places = new Map(ranges.map((range, index) => [keyOf(range), index]));
  const borders = new Set([
    0,
    ...ranges.flatMap(({ first, last }) => (last < 2 ** 32 - 1 ? [first, last + 1] : [first])),
  ]);
  const starts = Uint32Array.from(borders).sort();
  const longestAt = (address: number) => {
    for (let length = 28; length >= 16; length--) {
      const place = places.get(keyOf(cidrAround(address, length)));
      if (place !== undefined) return place;
    }
    return -1;
  };
  return new SegmentTable(starts, Array.from(starts, longestAt));
}
