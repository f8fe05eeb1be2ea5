/** Fifty captures at once over loopback WebSockets: does each get what the agent's pace lets through? One session alone is the yardstick. */

import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import { nodeChannelPorts } from '../../src/ssm/node/nodeChannelPorts';
import { openSession, type Session } from '../../src/ssm/session';
import { CloudProcess } from '../support/cloudProcess';
import { median } from './inTurns';
import { composeScope } from './loopbackScope';
import { readyInstance } from './practiceTools';
import type { Finding } from './report';

const sessionCount = 50;
const warmUpMs = 3000;
const measureMs = 5000;
/** What one session got on AWS. */
const goal = { limit: 645 };
/** Fills a terminal as fast as it is read. */
const command =
  'yes "12:21:53.073990 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [P.], seq 1:518, ack 1, win 491, length 517"';

export async function measureSessions(): Promise<readonly Finding[]> {
  const cloud = await CloudProcess.start('--pace', 'fast');
  try {
    const alone = await framesPerSecond(cloud, 1);
    const together = await framesPerSecond(cloud, sessionCount);
    return [
      {
        job: `paced sessions, ${sessionCount} at once, the slowest`,
        unit: 'frames/s',
        ours: Math.min(...together),
        better: 'more',
        peer: { name: 'one alone', value: alone[0] ?? 0 },
        goal,
      },
      {
        job: `paced sessions, ${sessionCount} at once, median`,
        unit: 'frames/s',
        ours: median(together),
        better: 'more',
        goal,
      },
    ];
  } finally {
    await cloud.stop();
  }
}

async function framesPerSecond(cloud: CloudProcess, count: number): Promise<readonly number[]> {
  const scope = composeScope(cloud.line);
  const { id, sessions } = await readyInstance(scope);
  const ports = nodeChannelPorts(wallClock, silentLog);
  const document = { name: 'AWS-StartInteractiveCommand', command } as const;
  const open: Session[] = [];
  for (let index = 0; index < count; index++) open.push(await openSession(sessions, id, document, { ports }));
  const frames = open.map(() => 0);
  open.forEach((session, index) => {
    session.onOutput(() => {
      frames[index] = (frames[index] ?? 0) + 1;
    });
  });
  await pause(warmUpMs);
  const before = [...frames];
  const startMs = performance.now();
  await pause(measureMs);
  const seconds = (performance.now() - startMs) / 1000;
  const rates = frames.map((frame, index) => (frame - (before[index] ?? 0)) / seconds);
  await Promise.all(open.map(session => session.end()));
  return rates;
}

const pause = (durationMs: number) => new Promise(resolve => setTimeout(resolve, durationMs));
