import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log';
import type { ChannelTransport } from '../../../src/core/ports/wire';
import { createChannelPair } from '../../../src/simulator/agent/channelPair';
import { Chance } from '../../../src/simulator/chance';
import { Timeline } from '../../../src/simulator/timeline';
import type { ChannelStatus, SessionEnd } from '../../../src/ssm/channelStatus';
import { DataChannel } from '../../../src/ssm/dataChannel';
import { encodeFrame, type Frame, MessageType, PayloadType, readFrame } from '../../../src/ssm/frameCodec';
import { nodeAesGcm } from '../../../src/ssm/node/nodeAesGcm';
import { readAcknowledgedNumber } from '../../../src/ssm/payloads/acknowledge';
import { runFor } from '../../support/runTimeline';
import { encodeVector, fromHex, openingFrameVector, sha256 } from '../../support/ssmVectors';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A channel whose other end the test plays by hand. */
class Scene {
  readonly timeline = new Timeline(Date.parse('2026-11-21T09:00:00Z'));
  readonly service: ChannelTransport;
  readonly channel: DataChannel;
  readonly opened: string[] = [];
  readonly frames: Frame[] = [];
  readonly statuses: ChannelStatus[] = [];
  text = '';
  errors = '';
  end: SessionEnd | undefined;
  #number = 0;

  constructor() {
    const pair = createChannelPair();
    const chance = new Chance('scene');
    this.service = pair.service;
    this.service.onMessage = message => {
      if (typeof message === 'string') this.opened.push(message);
      else this.frames.push(frameOf(message));
    };
    this.channel = new DataChannel({
      ports: {
        clock: this.timeline,
        log: silentLog,
        sha256,
        aesGcm: nodeAesGcm,
        uuid: () => chance.uuid(),
        randomBytes: length => chance.bytes(length),
        random: () => 0,
      },
      keySource: {
        sessionId: 'student-0123456789abcdef0',
        targetId: 'i-0123456789abcdef0',
        generateDataKey: () => Promise.reject(new Error('access denied')),
      },
      first: { transport: pair.client, token: 'TOKEN+/=abc' },
      reopen: async () => undefined,
      size: { columns: 80, rows: 24 },
      giveUpAfterMs: 60_000,
    });
    this.channel.onOutput(({ bytes, kind }) => {
      if (kind === 'error') this.errors += textOf(bytes);
      else this.text += textOf(bytes);
    });
    this.channel.onStatus(status => this.statuses.push(status));
    this.channel.onClose(end => {
      this.end = end;
    });
    this.channel.open();
  }

  /** The next stream frame of the agent. */
  say(payloadType: number, payload: Uint8Array, number = this.#number++): void {
    this.#send(MessageType.output, payloadType, payload, BigInt(number));
  }

  control(messageType: string, payload: Uint8Array = Uint8Array.of(0x20)): void {
    this.#send(messageType, PayloadType.none, payload, 0n);
  }

  acknowledge(number: number): void {
    this.control(MessageType.acknowledge, bytesOf(`{"AcknowledgedMessageSequenceNumber":${number}}`));
  }

  wait(durationMs = 0): Promise<void> {
    return runFor(this.timeline, durationMs);
  }

  get inputs(): readonly Frame[] {
    return this.frames.filter(frame => frame.messageType === MessageType.input);
  }

  get acknowledged(): readonly bigint[] {
    return this.frames
      .filter(frame => frame.messageType === MessageType.acknowledge)
      .map(frame => readAcknowledgedNumber(frame.payload) as bigint);
  }

  #send(messageType: string, payloadType: number, payload: Uint8Array, sequenceNumber: bigint): void {
    const messageId = '01234567-89ab-4def-9edc-ba9876543210';
    const rest = { schemaVersion: 1, createdMs: BigInt(this.timeline.now()), flags: 0n, messageId };
    this.service.send(encodeFrame({ messageType, payloadType, payload, sequenceNumber, ...rest }, sha256));
  }
}

function frameOf(bytes: Uint8Array): Frame {
  const reading = readFrame(bytes);
  assert.ok(reading.ok);
  return reading.frame;
}

const payloadOf = (name: string) => fromHex(encodeVector(name).fields!.PayloadHex);

describe('data channel', () => {
  let scene: Scene;

  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(() => scene.channel.dispose());

  it('opens with one text frame of the official form', async () => {
    await scene.wait();
    assert.equal(scene.opened.length, 1);
    const sent = JSON.parse(scene.opened[0]!);
    const official = JSON.parse(openingFrameVector.text);
    assert.deepEqual(Object.keys(sent), Object.keys(official));
    assert.equal(sent.MessageSchemaVersion, '1.0');
    assert.equal(sent.TokenValue, 'TOKEN+/=abc');
    assert.match(sent.ClientId, /^[0-9a-f-]{36}$/);
  });

  it('performs a handshake, and sends nothing else before its end, then the size, then the keys', async () => {
    scene.channel.write(bytesOf('k'));
    scene.say(PayloadType.handshakeRequest, payloadOf('handshake-request-sessiontype'));
    await scene.wait(10_000);
    assert.deepEqual([...new Set(scene.inputs.map(frame => frame.payloadType))], [PayloadType.handshakeResponse]);
    scene.acknowledge(0);
    scene.say(PayloadType.handshakeComplete, payloadOf('handshake-complete-kms'));
    await scene.wait();
    const after = scene.inputs.filter(frame => frame.payloadType !== PayloadType.handshakeResponse);
    assert.deepEqual(
      after.map(frame => [frame.sequenceNumber, frame.payloadType, textOf(frame.payload)]),
      [
        [1n, PayloadType.size, '{"cols":80,"rows":24}'],
        [2n, PayloadType.output, 'k'],
      ],
    );
    assert.deepEqual(scene.statuses, [
      { kind: 'notice', text: 'This session is encrypted using AWS KMS.' },
      { kind: 'ready' },
    ]);
  });

  it('says that it got no key, and tells why the session then ends', async () => {
    scene.say(PayloadType.handshakeRequest, payloadOf('handshake-request-kms'));
    await scene.wait();
    const response = JSON.parse(textOf(scene.inputs[0]!.payload));
    assert.deepEqual(
      response.ProcessedClientActions.map((action: { ActionStatus: number }) => action.ActionStatus),
      [1, 2],
    );
    scene.control(MessageType.channelClosed, bytesOf('{"Output":"\\n----------ERROR-------\\nhandshake failed"}'));
    await scene.wait();
    assert.equal(scene.end?.cause, 'failed');
    assert.match(scene.end?.reason ?? '', /handshake failed/);
  });

  it('takes output as the first frame for a session without handshake', async () => {
    scene.say(PayloadType.output, bytesOf('$ '));
    await scene.wait();
    assert.equal(scene.text, '$ ');
    assert.deepEqual(
      scene.inputs.map(frame => frame.payloadType),
      [PayloadType.size],
    );
  });

  it('keeps output and error output apart and reports the exit code at the end', async () => {
    scene.say(PayloadType.output, bytesOf('out'));
    scene.say(PayloadType.errorOutput, bytesOf('err'));
    scene.say(PayloadType.exitCode, payloadOf('output-exitcode'));
    scene.control(MessageType.channelClosed, payloadOf('channel-closed'));
    await scene.wait();
    assert.equal(scene.text, 'out');
    assert.equal(scene.errors, 'err');
    assert.deepEqual(scene.end, { cause: 'finished', reason: '', exitCode: 1 });
  });

  it('acknowledges every stream frame, duplicates again, control frames never', async () => {
    scene.control(MessageType.startPublication);
    scene.say(PayloadType.output, bytesOf('a'));
    scene.say(PayloadType.output, bytesOf('c'), 2);
    scene.say(PayloadType.output, bytesOf('a'), 0);
    scene.say(PayloadType.output, bytesOf('c'), 2);
    scene.control(MessageType.pausePublication);
    await scene.wait();
    assert.deepEqual(scene.acknowledged, [0n, 2n, 0n, 2n]);
    assert.equal(scene.text, 'a');
    scene.say(PayloadType.output, bytesOf('b'), 1);
    await scene.wait();
    assert.equal(scene.text, 'abc');
  });

  it('delivers what waits behind a hole when the session ends, and says what is missing', async () => {
    scene.say(PayloadType.output, bytesOf('a'));
    scene.say(PayloadType.output, bytesOf('d'), 3);
    scene.control(MessageType.channelClosed, payloadOf('channel-closed'));
    await scene.wait();
    assert.equal(scene.text, 'ad');
    assert.deepEqual(scene.statuses.at(-1), { kind: 'outputLost', frames: 2 });
  });

  it('does not give up on a hole while the agent is away', async () => {
    scene.say(PayloadType.output, bytesOf('a'));
    scene.say(PayloadType.output, bytesOf('c'), 2);
    scene.control(MessageType.pausePublication);
    await scene.wait(30_000);
    assert.equal(scene.text, 'a');
    scene.say(PayloadType.output, bytesOf('b'), 1);
    await scene.wait();
    assert.equal(scene.text, 'abc');
    assert.deepEqual(
      scene.statuses.map(status => status.kind),
      ['ready', 'agentUnreachable', 'agentReachable'],
    );
  });

  it('repeats unacknowledged input with growing gaps, the same bytes each time', async () => {
    scene.say(PayloadType.output, bytesOf('$ '));
    await scene.wait();
    scene.acknowledge(0);
    scene.channel.write(bytesOf('x'));
    await scene.wait(20_000);
    const copies = scene.inputs.filter(frame => frame.sequenceNumber === 1n);
    assert.ok(copies.length >= 6 && copies.length <= 10, `${copies.length} copies`);
    assert.equal(new Set(copies.map(frame => frame.messageId)).size, 1);
    scene.acknowledge(1);
    await scene.wait(20_000);
    assert.equal(scene.inputs.filter(frame => frame.sequenceNumber === 1n).length, copies.length);
  });

  it('stops repeating while the agent is away', async () => {
    scene.say(PayloadType.output, bytesOf('$ '));
    await scene.wait();
    scene.acknowledge(0);
    scene.control(MessageType.pausePublication);
    scene.channel.write(bytesOf('x'));
    await scene.wait(10_000);
    assert.equal(scene.inputs.length, 2);
    scene.control(MessageType.startPublication);
    await scene.wait(1_000);
    assert.ok(scene.inputs.length > 2);
  });

  it('tells a time-out by the words of the service', async () => {
    scene.control(MessageType.channelClosed, payloadOf('channel-closed-timeout'));
    await scene.wait();
    assert.equal(scene.end?.cause, 'timedOut');
  });

  it('says nothing more once it is over', async () => {
    scene.control(MessageType.channelClosed, payloadOf('channel-closed'));
    await scene.wait();
    scene.channel.write(bytesOf('late'));
    scene.channel.resize({ columns: 1, rows: 1 });
    await scene.wait(10_000);
    assert.deepEqual(scene.inputs, []);
    assert.deepEqual(scene.statuses, []);
  });
});
