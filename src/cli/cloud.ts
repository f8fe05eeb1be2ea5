/**
 * `npm run cloud`: the practice cloud on 127.0.0.1 for `aws`, Terraform and SDKs. `--port N` (0: any), `--pace fast|real`, `--world
 * default|default-vpc|empty|LAB`, where LAB is a lab's id, `--seed TEXT`, `--signed-channels` (data channels must be opened with a signature),
 * `--fault KIND[,on=PATTERN][,times=N]…` (something that goes wrong, see faults/fault.ts; may be given more than once),
 * `--channel-fault KIND[,frame=N]…` (the same for data channels, see agent/channelFault.ts). `--coverage` prints which actions are simulated,
 * and ends. The line that begins with `{` says where it is and which keys it takes; the keys are made at start and never stored.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Log } from '../base/log';
import { parseChannelFault } from '../simulator/agent/channelFault';
import { coverageText } from '../simulator/coverage';
import { createPracticeCloud, type OpenPracticeCloud } from '../simulator/createPracticeCloud';
import { parseFault } from '../simulator/faults/fault';
import { type LoopbackServer, startLoopbackServer } from '../simulator/loopbackServer';
import { nodeDigests } from '../simulator/nodeDigests';
import { paces } from '../simulator/paces';
import { Timeline } from '../simulator/timeline';
import { driveByWallClock, PreciseClock, reportFailure } from '../simulator/wallClock';
import type { AccessKeys } from '../simulator/world/world';
import { worldKinds } from '../simulator/worldKinds';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      pace: { type: 'string', default: 'fast' },
      world: { type: 'string', default: 'default' },
      seed: { type: 'string' },
      'signed-channels': { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true, default: [] },
      'channel-fault': { type: 'string', multiple: true, default: [] },
      coverage: { type: 'boolean', default: false },
    },
  });
  return values;
}

/** Only what went wrong, so that the output stays the one line. */
const log: Log = {
  debug() {},
  info() {},
  warn: message => console.error(message),
  error: message => console.error(message),
};

function choice<T extends string>(name: string, value: string, among: readonly T[]): T {
  const found = among.find(candidate => candidate === value);
  if (found === undefined) throw new Error(`--${name} takes one of ${among.join(', ')}, not ${JSON.stringify(value)}.`);
  return found;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`--port takes a number up to 65535, not ${JSON.stringify(text)}.`);
  return port;
}

function randomKeys(): AccessKeys {
  const letters = [...randomBytes(16)].map(byte => base32[byte % base32.length]).join('');
  return { accessKeyId: `AKIA${letters}`, secretAccessKey: randomBytes(30).toString('base64') };
}

async function serve(): Promise<void> {
  const options = readOptions();
  if (options.coverage) return console.log(coverageText());
  const faults = options.fault.map(parseFault);
  const channelFaults = options['channel-fault'].map(parseChannelFault);
  const pace = choice('pace', options.pace, ['fast', 'real']);
  const world = choice('world', options.world, worldKinds);
  const port = portOf(options.port);
  const clock = new PreciseClock();
  const timeline = new Timeline(clock.now());
  const driver = driveByWallClock(timeline, clock, error => reportFailure(log, error));
  let server: LoopbackServer | undefined;
  const cloud = createPracticeCloud({
    seed: options.seed ?? randomUUID(),
    pace: paces[pace],
    world,
    digests: nodeDigests,
    timeline,
    streamHost: () => `ws://127.0.0.1:${server?.port ?? 0}`,
    keysOf: () => randomKeys(),
    log,
  });
  try {
    server = await startLoopbackServer({
      cloud,
      port,
      mustSignChannels: options['signed-channels'],
      catchUp: () => driver.catchUp(),
      log,
    });
    for (const fault of faults) cloud.faults.add(fault);
    for (const fault of channelFaults) cloud.channelFaults.add(fault);
    const stopped = untilStopped();
    announce(server, cloud);
    await stopped;
    await server.close();
  } finally {
    cloud.dispose();
    driver.dispose();
  }
}

function announce({ endpoint }: LoopbackServer, { region, accounts }: OpenPracticeCloud): void {
  console.log(JSON.stringify({ endpoint, region, accounts }));
}

function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of stopSignals) process.once(signal, () => resolve());
  });
}

serve().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
