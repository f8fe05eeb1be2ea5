import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { openShell } from '../../src/app/operations/openShell';
import { silentLog } from '../../src/base/log';
import { composePractice, composeProfileScope, sessionPorts } from '../../src/compose';
import { parseChannelFault } from '../../src/simulator/agent/channelFault';
import { startPracticeWorker } from '../../src/simulator/workerClient';
import { CloudProcess } from '../support/cloudProcess';
import { waitUntil } from '../support/waitUntil';

/** One after the other in one session: each way to spoil a frame, then each way to lose the link. */
const faults = [
  ...['duplicateFrame', 'reorderFrames', 'loseFrame', 'loseAcknowledgement'],
  ...['badDigest', 'shortFrame', 'hugeHeaderLength'],
]
  .map((kind, index) => `${kind},frame=${4 + index}`)
  .concat('bye,frame=16', 'lostLink,frame=24', 'pausePublication,frame=32,durationMs=3000', 'silentStall,frame=40');

/** The stall takes up to 50 s to be noticed. */
const limitMs = 120_000;
const lineCount = 1_500;
const program = `for i in $(seq 1 ${lineCount}); do echo "line $i of what the instance has to say"; done\r`;

/** Has an instance print many lines and reads keys back, while everything goes wrong; resolves with what was counted. */
async function printAndType(scope: Scope) {
  const { instances } = await scope.gateways();
  await waitUntil(
    async () => [...(await instances.listSessionManagerStatus()).values()].includes('online'),
    'an instance to be online',
  );
  const statuses = await instances.listSessionManagerStatus();
  const [online] = [...statuses].find(([, status]) => status === 'online') ?? [];
  assert.ok(online);
  const session = await openShell(scope, online, { ports: await sessionPorts(silentLog) });
  try {
    let text = '';
    const decoder = new TextDecoder();
    session.onOutput(({ bytes }) => {
      text += decoder.decode(bytes, { stream: true });
    });
    for (const key of new TextEncoder().encode(program)) session.write(Uint8Array.of(key));
    const isDone = () => text.includes(`line ${lineCount} of`);
    await waitUntil(isDone, () => `the last line; the end is ${text.slice(-80)}`, limitMs);
    const numbers = [...text.matchAll(/^line (\d+) of what the instance has to say\r$/gm)].map(([, number]) => number);
    assert.deepEqual(
      numbers,
      Array.from({ length: lineCount }, (_, index) => String(index + 1)),
    );
    return { ...session.counters };
  } finally {
    await session.end();
  }
}

describe('a session while everything goes wrong with its channel', function () {
  this.timeout(2 * limitMs);

  const ways: Readonly<Record<string, () => Promise<{ scope: Scope; end: () => Promise<void> }>>> = {
    async 'in the worker'() {
      const start = { world: 'default', pace: 'fast', channelFaults: faults.map(parseChannelFault) } as const;
      const cloud = await startPracticeWorker('./dist/practiceWorker.js', start);
      const [scope] = composePractice(cloud, silentLog);
      assert.ok(scope);
      return { scope, end: () => cloud.dispose() };
    },
    async 'over HTTP and WebSocket'() {
      const cloud = await CloudProcess.start(...faults.flatMap(fault => ['--channel-fault', fault]));
      const before = { ...process.env };
      Object.assign(process.env, await cloud.writeProfile('lab', 'provider'));
      const { endpoint: endpointUrl, region } = cloud.line;
      const scope = composeProfileScope({ profile: 'lab', region, endpointUrl }, silentLog);
      const end = async () => {
        process.env = before;
        await cloud.stop();
      };
      return { scope, end };
    },
  };

  for (const [way, open] of Object.entries(ways)) {
    it(`shows every line once and in order ${way}`, async () => {
      const { scope, end } = await open();
      try {
        const counters = await printAndType(scope);
        assert.deepEqual([counters.reconnects, counters.framesLost, counters.malformed], [3, 0, 3]);
        assert.ok(counters.duplicates >= 2 && counters.early > 0 && counters.holes > 0, JSON.stringify(counters));
      } finally {
        await end();
      }
    });
  }
});
