/**
 * Reads the endpoints of a region at a port as the *Endpoints* view does, and prints what it took as JSON: `node --expose-gc
 * endpointReader.js PORT`. Bundled as the extension is, so that the SDK is the one that ships.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Scope } from '../../src/app/appModel';
import { groupItems } from '../../src/app/arrangement/groupItems';
import { matchText, prepareTexts } from '../../src/app/arrangement/matchText';
import { EndpointStore } from '../../src/app/endpointStore';
import { endpointFacets } from '../../src/app/facets/endpointFacets';
import { createGateways } from '../../src/aws/createGateways';
import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import { region, scopeId } from '../../src/core/ids';

/** What one reading took. */
export interface ReadingCost {
  /** Of the very first request, which loads the SDK. */
  readonly longestLoadStallMs: number;
  readonly firstRowsMs: number;
  readonly firstRowCount: number;
  readonly allRowsMs: number;
  readonly rowCount: number;
  readonly longestStallMs: number;
  readonly longestRefreshStallMs: number;
  readonly heapMegabytes: number;
  readonly longestPreparationStallMs: number;
  /** One turn of the event loop each: what the tree does with all of them. */
  readonly groupMs: number;
  readonly filterMs: number;
}

function scopeAt(port: string): Scope {
  const gateways = createGateways({
    region: region('ap-south-1'),
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'bench' }),
    endpointUrl: `http://127.0.0.1:${port}`,
    openChannel: () => Promise.reject(new Error('no sessions here')),
    openTunnel: () => Promise.reject(new Error('no tunnel here')),
    clock: wallClock,
    log: silentLog,
  });
  return {
    id: scopeId('bench'),
    label: 'bench',
    kind: 'local',
    region: region('ap-south-1'),
    gateways: async () => gateways,
  };
}

async function measure(port: string): Promise<ReadingCost> {
  const scope = scopeAt(port);
  const { network } = await scope.gateways();
  const longestLoadStallMs = await longestWaitMs(() => network.readSnapshot(['subnets']));
  const store = new EndpointStore(wallClock);
  const heapBefore = heapInUse();
  const startMs = performance.now();
  const first = store
    .firstRows(scope)
    .then(({ value }) => ({ ms: performance.now() - startMs, count: value?.length ?? 0 }));
  const longestStallMs = await longestWaitMs(() => store.load(scope));
  const allRowsMs = performance.now() - startMs;
  const heapMegabytes = (heapInUse() - heapBefore) / 2 ** 20;
  const longestRefreshStallMs = await longestWaitMs(() => store.refresh(scope));
  const { ms: firstRowsMs, count: firstRowCount } = await first;
  const items = store.get(scope).value ?? [];
  const longestPreparationStallMs = await longestWaitMs(() => prepareTexts(wallClock, endpointFacets, items));
  return {
    longestLoadStallMs,
    firstRowsMs,
    firstRowCount,
    allRowsMs,
    rowCount: items.length,
    longestStallMs,
    longestRefreshStallMs,
    heapMegabytes,
    longestPreparationStallMs,
    groupMs: timed(() => groupItems(endpointFacets, 'vpc', items)),
    filterMs: timed(() => items.filter(matchText(endpointFacets, 'endpoint 99'))),
  };
}

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

async function longestWaitMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const [, , port] = process.argv;
if (port) console.log(JSON.stringify(await measure(port)));
