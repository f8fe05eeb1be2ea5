import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One of several works that are measured beside each other. */
export type Work = () => unknown;

/** In the middle; of an even count the lower one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

const warmUps = 4;

/**
 * The median CPU time in ms, of all of the process's threads, of each work: all works in turn, round after round, after some that only warm up.
 */
export async function cpuMsInTurns<const Works extends readonly Work[]>(
  works: Works,
  rounds = 7,
): Promise<{ readonly [Index in keyof Works]: number }> {
  const times = works.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round++)
    for (const [index, work] of works.entries()) {
      const ms = await cpuMsOf(work);
      if (round >= 0) times[index]?.push(ms);
    }
  return times.map(median) as { [Index in keyof Works]: number };
}

setFlagsFromString('--expose-gc');
/** All that nobody holds, now. Not for between measurements: code that was compiled is thrown away with it. */
export const collectGarbage = runInNewContext('gc') as () => void;

/** Of all of the process’s threads. */
export async function cpuMsOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** How many a second. */
export const rateOf = (count: number, ms: number) => (count / ms) * 1000;
