/** Five clients and the credentials of a profile: the SDK as it ships in the extension, and bundled whole by esbuild's defaults. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { median } from './inTurns';
import { bundleByDefault, bundleLikeHost } from './likeHost';
import type { Finding } from './report';

const rounds = 7;

interface Load {
  readonly cpuMs: number;
  /** What loading leaves on the heap before anything is collected. */
  readonly heapBytes: number;
}

export async function measureSdkBundles(): Promise<readonly Finding[]> {
  const shipped = await bundleLikeHost('sdkShipped');
  const aggregated = await bundleByDefault('sdkAggregated');
  const ours: Load[] = [];
  const theirs: Load[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(loadOnce(shipped.program));
    theirs.push(loadOnce(aggregated.program));
  }
  const compare = (what: string, unit: string, of: (load: Load) => number, times: number) => ({
    job: `SDK, five clients and credentials: ${what}`,
    unit,
    ours: median(ours.map(of)),
    better: 'less' as const,
    peer: { name: 'aggregated clients', value: median(theirs.map(of)) },
    goal: { times },
  });
  return [
    {
      job: 'SDK, five clients and credentials: minified size',
      unit: 'KiB',
      ours: shipped.bytes / 1024,
      better: 'less',
      peer: { name: 'aggregated clients', value: aggregated.bytes / 1024 },
      goal: { times: 3 },
    },
    compare('CPU time of loading', 'ms', ({ cpuMs }) => cpuMs, 4),
    compare('heap', 'MB', ({ heapBytes }) => heapBytes / 2 ** 20, 8),
  ];
}

/** Node's own modules that either bundle asks for: VS Code's extension host has loaded them before any extension. */
const ofNode =
  'async_hooks buffer child_process crypto events fs fs/promises http http2 https os path process stream url util zlib';

/** In a process of its own, where nothing but Node is loaded yet. */
const loader = `
  for (const name of ${JSON.stringify(ofNode.split(' '))}) await import('node:' + name);
  gc();
  const heapBefore = process.memoryUsage().heapUsed;
  const cpuBefore = process.cpuUsage();
  const parts = await (await import(process.argv[1])).load();
  const { user, system } = process.cpuUsage(cpuBefore);
  const heapBytes = process.memoryUsage().heapUsed - heapBefore;
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, heapBytes, parts: parts.length }));
`;

function loadOnce(program: string): Load {
  const args = ['--expose-gc', '--no-warnings', '--input-type=module', '-e', loader, pathToFileURL(program).href];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Load;
}
