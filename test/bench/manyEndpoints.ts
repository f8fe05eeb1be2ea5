/** A region with ten thousand endpoints, read by the store of the *Endpoints* view with the SDK as it ships, over real HTTP. */
import { execFileSync } from 'node:child_process';
import { startChild } from './childServer';
import type { ReadingCost } from './endpointReader';
import { median } from './inTurns';
import { bundleLikeHost } from './likeHost';
import type { Finding, Goal } from './report';

const endpointCount = 10_000;
/** Of the pages that the gateway asks for. */
const firstPageSize = 25;
const rounds = 5;
/** In ms. */
const longestStall = { limit: 35 };
/** In ms: an agent waits 200 ms before it sends a frame again. */
const halfOfPatience = { limit: 100 };

export async function measureManyEndpoints(): Promise<readonly Finding[]> {
  const { program } = await bundleLikeHost('endpointReader');
  const server = await startChild(['out/test/bench/endpointServer.js', String(endpointCount)]);
  try {
    const costs = Array.from({ length: rounds }, () => readOnce(program, server.firstLine));
    const of = (key: keyof ReadingCost) => median(costs.map(cost => cost[key]));
    const row = (what: string, key: keyof ReadingCost, goal: Goal, unit = 'ms') =>
      ({
        job: `${endpointCount.toLocaleString('en')} endpoints: ${what}`,
        unit,
        ours: of(key),
        better: 'less',
        goal,
      }) as const;
    return [
      { ...row('first rows', 'firstRowsMs', { times: 5 }), peer: { name: 'all rows', value: of('allRowsMs') } },
      row('longest stall while the SDK is loaded before', 'longestLoadStallMs', halfOfPatience),
      row('longest stall of the event loop', 'longestStallMs', longestStall),
      row('longest stall when read again', 'longestRefreshStallMs', longestStall),
      row('grouped by VPC', 'groupMs', longestStall),
      row('longest stall before the first filter', 'longestPreparationStallMs', longestStall),
      row('filtered by text', 'filterMs', longestStall),
      row('memory of the list, joined', 'heapMegabytes', { limit: 50 }, 'MB'),
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
