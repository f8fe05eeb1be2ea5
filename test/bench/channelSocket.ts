/** What a frame of output costs the receiver when it comes over a loopback socket: ours also parses and stores its lines, the peers do not. */
import assert from 'node:assert/strict';
import { CapturePipeline } from '../../src/capture/capturePipeline';
import { type Receiver, receiveBare, receiveInto, receivePeer } from './channelReceivers';
import { startChild } from './childServer';
import { cpuMsInTurns } from './inTurns';
import { payloadBytes, payloadsOf } from './outputFrames';
import type { Finding } from './report';

const frameCount = 20_000;
const allBytes = frameCount * payloadBytes;

export async function measureSocket(): Promise<readonly Finding[]> {
  const server = await startChild(['out/test/bench/frameServer.js']);
  try {
    const url = `ws://127.0.0.1:${server.firstLine}/${frameCount}`;
    await checkOurs(url);
    // A capture that has run for a while: its ring is full, so that no memory is written to for the first time.
    const running = new CapturePipeline({ limits: { rows: frameCount } });
    const run = (receive: Receiver) => async () => assert.equal(await receive(url, allBytes), allBytes);
    const times = await cpuMsInTurns([run(receiveInto(running)), run(receiveBare), run(receivePeer)]);
    const [ours, bare, peer] = times.map(ms => (ms * 1000) / frameCount) as [number, number, number];
    const finding = { unit: 'µs', ours, better: 'less' } as const;
    const job = '1 KiB frame over a loopback socket, parsed and stored';
    return [
      { ...finding, job: `${job}, beside ws alone`, peer: { name: 'ws', value: bare }, goal: { times: 0.3 } },
      { ...finding, job: `${job}, beside ssm-session`, peer: { name: 'ssm-session', value: peer }, goal: { times: 5 } },
    ];
  } finally {
    await server.stop();
  }
}

async function checkOurs(url: string): Promise<void> {
  const pipeline = new CapturePipeline();
  await receiveInto(pipeline)(url, allBytes);
  const text = Buffer.concat(payloadsOf(frameCount)).toString();
  const lines = text.slice(0, text.lastIndexOf('\n') + 1);
  assert.equal(pipeline.packets, lines.split('\n').length - 1);
  assert.ok(Buffer.from(pipeline.text()).equals(Buffer.from(lines)), 'the rows are not what was sent');
}
