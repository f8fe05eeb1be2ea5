/** One of several works that are measured beside each other. */
export type Work = () => unknown;

/** In the middle; of an even count the lower one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The median CPU time in ms, of all of the process's threads, of each work: all works in turn, round after round, after one that only warms up. */
export async function cpuMsInTurns(works: readonly Work[], rounds = 7): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let round = -1; round < rounds; round++)
    for (const [index, work] of works.entries()) {
      const ms = await cpuMsOf(work);
      if (round >= 0) times[index]?.push(ms);
    }
  return times.map(median);
}

async function cpuMsOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
