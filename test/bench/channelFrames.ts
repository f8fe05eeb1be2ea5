/** What one frame of output costs a client: decoding it, checking its digest and acknowledging it; npm's ssm-session checks nothing. */
import assert from 'node:assert/strict';
import { ssm } from 'ssm-session';
import type { ChannelMessage, ChannelTransport } from '../../src/core/ports/wire';
import { decodeFrame, MessageType } from '../../src/ssm/frameCodec';
import { readAcknowledgedNumber } from '../../src/ssm/payloads/acknowledge';
import { openBenchChannel } from './benchChannel';
import { cpuMsInTurns } from './inTurns';
import { outputFramesOf, payloadsOf } from './outputFrames';
import type { Finding } from './report';

const frameCount = 10_000;
/** About as long as the peer takes for them once: shorter than that, the collection of garbage before each turn is most of what is measured. */
const ourTimes = 15;
/** AWS's session-manager-plugin, in the November 2026 measurement that our goal is from. */
const officialClientMicros = 8.2;

/** A client's work on all frames; what it sends and what it would print go to the listeners. */
type Client = (
  frames: readonly Uint8Array[],
  onSend: (message: ChannelMessage) => void,
  onOutput: (bytes: Uint8Array) => void,
) => void;

export async function measureFrames(): Promise<readonly Finding[]> {
  const payloads = payloadsOf(frameCount);
  const frames = outputFramesOf(payloads);
  const printed = Buffer.concat(payloads);
  for (const client of [ourClient, peerClient]) checkClient(client, frames, printed);
  const run = (client: Client, times: number) => () => {
    for (let time = 0; time < times; time++) client(frames, ignore, ignore);
  };
  const [ours, peer] = await cpuMsInTurns([run(ourClient, ourTimes), run(peerClient, 1)]);
  const microsOf = (ms: number) => (ms * 1000) / frameCount;
  const finding = { unit: 'µs', ours: microsOf(ours / ourTimes), better: 'less' } as const;
  const job = 'data-channel frame of 1 KiB: decode, check SHA-256, acknowledge';
  return [
    { ...finding, job, peer: { name: 'ssm-session', value: microsOf(peer) }, goal: { times: 10 } },
    {
      ...finding,
      job: `${job}, beside the official client`,
      peer: { name: 'session-manager-plugin', value: officialClientMicros, isRecorded: true },
      goal: { times: 1.2 },
    },
  ];
}

const ignore = () => {};

const ourClient: Client = (frames, onSend, onOutput) => {
  const transport: ChannelTransport = {
    onMessage: undefined,
    onClose: undefined,
    send: onSend,
    ping: async () => {},
    close() {},
  };
  const channel = openBenchChannel(transport, onOutput);
  for (const frame of frames) transport.onMessage?.(frame);
  channel.dispose();
};

/** As its documentation shows. */
const peerClient: Client = (frames, onSend, onOutput) => {
  for (const frame of frames) {
    const message = ssm.decode(frame);
    ssm.sendACK({ send: onSend }, message);
    if (message.payloadType === 1) onOutput(message.payload);
  }
};

function checkClient(client: Client, frames: readonly Uint8Array[], printed: Uint8Array): void {
  const output: Uint8Array[] = [];
  const acknowledged: bigint[] = [];
  client(
    frames,
    message => {
      const number = typeof message === 'string' ? undefined : acknowledgedNumber(message);
      if (number !== undefined) acknowledged.push(number);
    },
    bytes => output.push(bytes),
  );
  assert.ok(Buffer.concat(output).equals(printed), 'the output is not what was sent');
  const expected = frames.map((_, index) => BigInt(index));
  assert.deepEqual(acknowledged, expected);
}

/** Of a frame whose digest may be wrong: the peer's is. Undefined when it is no acknowledgement. */
function acknowledgedNumber(bytes: Uint8Array): bigint | undefined {
  const reading = decodeFrame(bytes, () => bytes.subarray(80, 112));
  if (!reading.ok || reading.frame.messageType !== MessageType.acknowledge) return undefined;
  return readAcknowledgedNumber(reading.frame.payload);
}
