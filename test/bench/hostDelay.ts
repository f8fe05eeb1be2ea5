/**
 * Whether the practice cloud keeps the extension host from its work: the longest wait of this thread's event loop while nothing happens,
 * while a shell loop spins in the worker, and while a large listing is answered.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { silentLog } from '../../src/base/log';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { composePractice, sessionPorts } from '../../src/compose';
import { type PracticeWorkerCloud, startPracticeWorker } from '../../src/simulator/workerClient';
import { openSession } from '../../src/ssm/session';
import { readyInstance } from './practiceTools';
import type { Finding } from './report';
import { signedRequest } from './signedRequest';

const measureMs = 4000;
/** What may come on top of the wait of an idle host. */
const allowanceMs = 10;

export async function measureHostDelay(): Promise<readonly Finding[]> {
  const cloud = await startPracticeWorker(join(projectFolder(), 'dist/practiceWorker.js'), {
    world: 'default',
    pace: 'fast',
  });
  try {
    const [scope] = composePractice(cloud, silentLog);
    if (!scope) throw new Error('The cloud has no account');
    const ready = await readyInstance(scope);
    const idleMs = await longestWaitMs(async () => {});
    const beside = {
      better: 'less',
      peer: { name: 'idle', value: idleMs },
      goal: { limit: idleMs + allowanceMs },
    } as const;
    return [
      {
        job: 'longest wait of the host, shell loop in the worker',
        unit: 'ms',
        ours: await whileLooping(ready),
        ...beside,
      },
      {
        job: 'longest wait of the host, large replies from the worker',
        unit: 'ms',
        ours: await whileListing(cloud),
        ...beside,
      },
    ];
  } finally {
    await cloud.dispose();
  }
}

async function whileLooping({ id, sessions }: Awaited<ReturnType<typeof readyInstance>>): Promise<number> {
  const ports = await sessionPorts(silentLog);
  const document = { name: 'AWS-StartInteractiveCommand', command: 'while :; do :; done' } as const;
  const session = await openSession(sessions, id, document, { ports });
  const waitMs = await longestWaitMs(async () => {});
  await session.end();
  return waitMs;
}

/** The offers of a region, hundreds of kilobytes, as bytes: what an SDK makes of them in the host is not the practice cloud's. */
async function whileListing(cloud: PracticeWorkerCloud): Promise<number> {
  const [account] = cloud.accounts;
  if (!account) throw new Error('The cloud has no account');
  const request = await signedRequest('DescribeVpcEndpointServices', cloud.region, account);
  return longestWaitMs(async isOver => {
    while (!isOver()) await cloud.handle(request);
  });
}

async function longestWaitMs(work: (isOver: () => boolean) => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const endMs = performance.now() + measureMs;
  delay.enable();
  await Promise.all([work(() => performance.now() >= endMs), new Promise(resolve => setTimeout(resolve, measureMs))]);
  delay.disable();
  return delay.max / 1e6;
}
