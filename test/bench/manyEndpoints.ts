/** A region with ten thousand endpoints, read by the store of the *Endpoints* view with the SDK as it ships, over real HTTP. */
import { execFileSync } from 'node:child_process';
import { startChild } from './childServer';
import type { ReadingCost } from './endpointReader';
import { bundleLikeHost } from './likeHost';
import { type Finding, median } from './report';

const endpointCount = 10_000;
/** Of the pages that the gateway asks for. */
const firstPageSize = 25;
const rounds = 5;

export async function measureManyEndpoints(): Promise<readonly Finding[]> {
  const { program } = await bundleLikeHost('endpointReader');
  const server = await startChild(['out/test/bench/endpointServer.js', String(endpointCount)]);
  try {
    const costs = Array.from({ length: rounds }, () => readOnce(program, server.firstLine));
    const of = (key: keyof ReadingCost) => median(costs.map(cost => cost[key]));
    const name = (what: string) => `${endpointCount.toLocaleString('en')} endpoints: ${what}`;
    return [
      {
        name: name('first rows'),
        unit: 'ms',
        ours: of('firstRowsMs'),
        peer: { name: 'all rows', value: of('allRowsMs') },
      },
      { name: name('longest stall while the SDK is loaded before'), unit: 'ms', ours: of('longestLoadStallMs') },
      { name: name('longest stall of the event loop'), unit: 'ms', ours: of('longestStallMs'), goal: '35 ms' },
      { name: name('longest stall when read again'), unit: 'ms', ours: of('longestRefreshStallMs'), goal: '35 ms' },
      { name: name('grouped by VPC'), unit: 'ms', ours: of('groupMs'), goal: '35 ms' },
      { name: name('filtered by text'), unit: 'ms', ours: of('firstFilterMs'), goal: '35 ms' },
      { name: name('filtered again'), unit: 'ms', ours: of('laterFilterMs'), goal: '35 ms' },
      { name: name('memory of the list, joined'), unit: 'MB', ours: of('heapMegabytes') },
    ];
  } finally {
    await server.stop();
  }
}

function readOnce(program: string, port: string): ReadingCost {
  const cost = JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', '--no-warnings', program, port], { encoding: 'utf8' }),
  ) as ReadingCost;
  if (cost.rowCount !== endpointCount || cost.firstRowCount !== firstPageSize)
    throw new Error(`Expected ${endpointCount} rows, ${firstPageSize} of them first: ${JSON.stringify(cost)}`);
  return cost;
}
