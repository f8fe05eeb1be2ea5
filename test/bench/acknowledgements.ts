/** How long the agent waits for its acknowledgements while a capture comes in at a thousand frames a second. */
import assert from 'node:assert/strict';
import { CapturePipeline } from '../../src/capture/capturePipeline';
import { type Receiver, receiveInto, receivePeer } from './channelReceivers';
import { startChild } from './childServer';
import { median } from './inTurns';
import { payloadBytes } from './outputFrames';
import type { Finding } from './report';

const frameCount = 3_000;
const rounds = 5;
/** The agent's first time limit; what is acknowledged later was sent again. */
const resendMs = 200;
const patienceMs = 1_000;

interface Round {
  readonly p99Ms: number;
  readonly resends: number;
}

export async function measureAcknowledgements(): Promise<readonly Finding[]> {
  const server = await startChild(['out/test/bench/paceServer.js']);
  try {
    const ours: Round[] = [];
    const peers: Round[] = [];
    const running = new CapturePipeline({ limits: { rows: frameCount } });
    for (let round = 0; round < rounds; round++) {
      ours.push(await measureRound(server.firstLine, receiveInto(running)));
      peers.push(await measureRound(server.firstLine, receivePeer));
    }
    const p99Of = (all: readonly Round[]) => median(all.map(({ p99Ms }) => p99Ms));
    const resendsOf = (all: readonly Round[]) => all.reduce((sum, { resends }) => sum + resends, 0);
    const job = 'acknowledgements at 1,000 frames/s';
    return [
      {
        job: `${job}, 99 of 100 within`,
        unit: 'ms',
        ours: p99Of(ours),
        better: 'less',
        peer: { name: 'ssm-session', value: p99Of(peers) },
        goal: { limit: 4 },
      },
      {
        job: `${job}, frames sent again`,
        unit: 'frames',
        ours: resendsOf(ours),
        better: 'less',
        peer: { name: 'ssm-session', value: resendsOf(peers) },
        goal: { limit: 0 },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function measureRound(port: string, receive: Receiver): Promise<Round> {
  let delaysMs: readonly (number | null)[] = [];
  const read = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    delaysMs = (await response.json()) as (number | null)[];
  };
  await receive(`ws://127.0.0.1:${port}/${frameCount}`, frameCount * payloadBytes, async () => {
    for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += 100) {
      await new Promise(resolve => setTimeout(resolve, 100));
      await read();
      if (delaysMs.filter(delay => delay !== null).length === frameCount) break;
    }
  });
  const known = delaysMs.filter(delay => delay !== null).sort((a, b) => a - b);
  assert.equal(known.length, frameCount, 'not every frame was acknowledged');
  return {
    p99Ms: known[Math.ceil(known.length * 0.99) - 1] as number,
    resends: known.filter(delay => delay > resendMs).length,
  };
}
