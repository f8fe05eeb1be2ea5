import assert from 'node:assert/strict';
import { instanceId } from '../../../../src/core/ids';
import type { StartSessionInput } from '../../../../src/simulator/agent/sessionService';
import { MessageType } from '../../../../src/ssm/frameCodec';
import { readAcknowledgedNumber } from '../../../../src/ssm/payloads/acknowledge';
import { readClosingOutput } from '../../../../src/ssm/payloads/channelClosed';
import { PracticeSessions, place, target } from '../../../support/practiceSessions';
import { RawClient } from '../../../support/rawClient';
import { runFor, runUntil } from '../../../support/runTimeline';

const shell: StartSessionInput = { place, target, callerName: 'student', document: undefined, parameters: {} };
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('session service', () => {
  let world: PracticeSessions;

  beforeEach(() => {
    world = new PracticeSessions();
  });

  /** Starts a session and connects a client with the right token. */
  async function connect(input: StartSessionInput = shell) {
    const started = world.service.start(input);
    const client = new RawClient(world.service.openChannel(started.streamUrl));
    client.open(started.tokenValue);
    await runFor(world.timeline, 500);
    return { started, client };
  }

  function reconnect(sessionId: string) {
    const resumed = world.service.resume(sessionId);
    assert.ok(resumed);
    const client = new RawClient(world.service.openChannel(resumed.streamUrl));
    client.open(resumed.tokenValue);
    return { resumed, client };
  }

  describe('starting', () => {
    it('answers ids, tokens and stream URLs of the documented form', () => {
      const started = world.service.start({ ...shell, callerName: 'x'.repeat(100) });
      assert.match(started.sessionId, /^x+-[a-z0-9]{26}$/);
      assert.equal(started.sessionId.length, 96);
      assert.ok(started.tokenValue.length <= 300);
      const url = new URL(started.streamUrl);
      assert.equal(url.protocol, 'wss:');
      assert.equal(url.pathname, `/v1/data-channel/${started.sessionId}`);
      assert.match(url.search, /^\?role=publish_subscribe&cell-number=AAEAA[A-Za-z0-9+/]*\+[A-Za-z0-9+/]*$/);
    });

    const refusals: readonly [string, Partial<StartSessionInput>, string][] = [
      ['a document that does not exist', { document: 'My-Document' }, 'InvalidDocument'],
      ['a document name of another form', { document: 'a b' }, 'ValidationException'],
      ['a command document without command', { document: 'AWS-StartInteractiveCommand' }, 'InvalidParameters'],
      ['parameters that the document does not know', { parameters: { command: ['ls'] } }, 'InvalidParameters'],
      [
        'an empty parameter value',
        { document: 'AWS-StartInteractiveCommand', parameters: { command: [''] } },
        'ValidationException',
      ],
      ['a reason that is too long', { reason: 'r'.repeat(257) }, 'ValidationException'],
      ['an instance whose agent is not there', { target: instanceId('i-00000000000000000') }, 'TargetNotConnected'],
    ];
    for (const [name, input, code] of refusals) {
      it(`refuses ${name}`, () => {
        assert.throws(() => world.service.start({ ...shell, ...input }), { code });
        assert.deepEqual(world.service.list(place, 'Active'), []);
      });
    }

    it('runs the command of the command document', async () => {
      await connect({ ...shell, document: 'AWS-StartInteractiveCommand', parameters: { command: ["echo 'a b'; id"] } });
      assert.equal(world.terminal.command, "echo 'a b'; id");
    });

    it('runs a shell for the shell document', async () => {
      await connect({ ...shell, document: 'SSM-SessionManagerRunShell' });
      assert.equal(world.terminal.command, undefined);
    });

    it('ends the session with the reason when the terminal cannot be opened', async () => {
      world.guest.openTerminal = () => {
        throw new Error('fork failed');
      };
      const { client, started } = await connect();
      const [closed] = client.ofType(MessageType.channelClosed);
      assert.match(readClosingOutput(closed!.payload), /^\n-+ERROR-+\n.*Unable to start command: fork failed/s);
      assert.equal(world.service.find(started.sessionId)?.status, 'Failed');
    });
  });

  describe('the gateway', () => {
    it('refuses a wrong token, a first frame that is no JSON, and silence', async () => {
      const { streamUrl } = world.service.start(shell);
      const wrong = new RawClient(world.service.openChannel(streamUrl));
      wrong.open('not the token');
      const garbage = new RawClient(world.service.openChannel(streamUrl));
      garbage.transport.send('hello');
      const binary = new RawClient(world.service.openChannel(streamUrl));
      binary.type('x');
      const silent = new RawClient(world.service.openChannel(streamUrl));
      await runFor(world.timeline, 10);
      assert.deepEqual(
        [wrong, garbage, binary].map(client => client.close?.code),
        [1008, 1008, 1008],
      );
      assert.deepEqual([silent.close], [undefined]);
      await runFor(world.timeline, 15_000);
      assert.equal(silent.close?.code, 1008);
    });

    it('refuses stream URLs that nobody issued', async () => {
      const { streamUrl, sessionId } = world.service.start(shell);
      const foreign = [
        streamUrl.replace(sessionId, 'student-aaaaaaaaaaaaaaaaaaaaaaaaaa'),
        streamUrl.replace(/cell-number=.*/, 'cell-number=AAEAAxyz'),
        'wss://elsewhere/other',
      ];
      for (const url of foreign) {
        const client = new RawClient(world.service.openChannel(url));
        await runFor(world.timeline, 1);
        assert.equal(client.close?.code, 1008, url);
      }
    });

    it('accepts a path and query alone, and a cell number that was percent-encoded on the way', async () => {
      const { streamUrl, tokenValue } = world.service.start(shell);
      const { pathname, search } = new URL(streamUrl);
      const encoded = search.replaceAll('+', '%2B').replace(/\/(?=[^/]*$)/, '%2F');
      const client = new RawClient(world.service.openChannel(pathname + encoded));
      client.open(tokenValue, { ClientId: 'c', ClientVersion: '1.2.677.0' });
      await runFor(world.timeline, 500);
      assert.equal(client.close, undefined);
      assert.equal(client.ofType(MessageType.startPublication).length, 1);
    });

    it('refuses the old token after a resume, and takes the new one', async () => {
      const { started } = await connect();
      const { resumed, client } = reconnect(started.sessionId);
      assert.notEqual(resumed.tokenValue, started.tokenValue);
      assert.notEqual(resumed.streamUrl, started.streamUrl);
      const old = new RawClient(world.service.openChannel(resumed.streamUrl));
      old.open(started.tokenValue);
      await runFor(world.timeline, 10);
      assert.equal(old.close?.code, 1008);
      assert.equal(client.close, undefined);
    });

    it('lets the first stream URL be used again for an hour, then no more', async () => {
      const { started, client } = await connect();
      client.transport.close();
      await runFor(world.timeline, 10 * 60_000);
      const { resumed, client: second } = reconnect(started.sessionId);
      const third = new RawClient(world.service.openChannel(started.streamUrl));
      third.open(resumed.tokenValue);
      await runFor(world.timeline, 10);
      assert.equal(third.close, undefined);
      assert.equal(second.close?.code, 1001);
      for (let minutes = 0; minutes < 60; minutes += 10) {
        third.type('k');
        await runFor(world.timeline, 10 * 60_000);
      }
      const late = new RawClient(world.service.openChannel(started.streamUrl));
      await runFor(world.timeline, 1);
      assert.equal(late.close?.code, 1008);
    });

    it('hangs up after an hour with 1000 Bye, and the session lives on', async () => {
      const { started, client } = await connect();
      for (let minutes = 0; minutes < 60; minutes += 10) {
        client.type('k');
        await runFor(world.timeline, 10 * 60_000);
      }
      assert.deepEqual(client.close, { code: 1000, reason: 'Bye' });
      assert.equal(world.service.find(started.sessionId)?.status, 'Disconnected');
      const again = reconnect(started.sessionId);
      world.terminal.show('still here');
      await runFor(world.timeline, 1_000);
      assert.equal(again.client.text, 'still here');
    });

    it('has one client at a time: the newer one takes over', async () => {
      const { started, client } = await connect();
      const { client: newer } = reconnect(started.sessionId);
      await runFor(world.timeline, 10);
      assert.equal(client.close?.code, 1001);
      world.terminal.show('for the newer');
      await runFor(world.timeline, 2_000);
      assert.equal(client.text, '');
      assert.equal(newer.text, 'for the newer');
    });

    it('drops frames that are none, and frames that only the service may send', async () => {
      const { client } = await connect();
      client.transport.send(Uint8Array.of(1, 2, 3));
      client.transport.send('text');
      client.send(MessageType.channelClosed, 0, bytesOf('{}'), 0);
      client.send(MessageType.pausePublication, 0, bytesOf(' '), 0);
      client.type('ok');
      await runFor(world.timeline, 10);
      assert.deepEqual(world.terminal.keys, [...bytesOf('ok')]);
      assert.equal(client.close, undefined);
    });
  });

  describe('the agent', () => {
    it('announces itself, waits a second, and starts with output at sequence 0 without handshake', async () => {
      const startedMs = world.timeline.now();
      const { client } = await connect();
      world.terminal.show('sh-5.2$ ');
      await runUntil(world.timeline, () => client.output.length > 0, 5_000);
      const [first] = client.output;
      assert.equal(client.frames[0]!.messageType, MessageType.startPublication);
      assert.deepEqual([first!.sequenceNumber, first!.payloadType, first!.flags], [0n, 1, 1n]);
      assert.ok(world.timeline.now() - startedMs >= 1_300);
    });

    it('paces 1,024 bytes a millisecond and numbers its frames one by one', async () => {
      const { client } = await connect();
      world.terminal.show(new Uint8Array(100 * 1024).fill(97));
      await runUntil(world.timeline, () => client.output.length > 0, 5_000);
      const firstMs = world.timeline.now();
      await runUntil(world.timeline, () => client.output.length === 100, 5_000);
      assert.equal(world.timeline.now() - firstMs, 99);
      assert.deepEqual(
        client.output.map(frame => Number(frame.sequenceNumber)),
        [...Array(100).keys()],
      );
      assert.deepEqual(
        client.output.map(frame => frame.flags),
        [1n, ...Array(99).fill(0n)],
      );
    });

    it('never cuts a character, with payloads of at most 1,027 bytes', async () => {
      const { client } = await connect();
      const text = `a${'😀'.repeat(700)}`;
      world.terminal.show(text);
      await runFor(world.timeline, 2_000);
      const strict = new TextDecoder('utf-8', { fatal: true });
      assert.equal(client.output.map(frame => strict.decode(frame.payload)).join(''), text);
      assert.ok(client.output.every(frame => frame.payload.length >= 1 && frame.payload.length <= 1_027));
    });

    it('acknowledges input, old input again, and takes every key once and in order', async () => {
      const { client } = await connect();
      client.type('c', 2);
      client.type('a', 0);
      client.type('a', 0);
      client.type('b', 1);
      client.type('c', 2);
      await runFor(world.timeline, 10);
      assert.deepEqual(world.terminal.keys, [...bytesOf('abc')]);
      const acknowledged = client.ofType(MessageType.acknowledge).map(frame => readAcknowledgedNumber(frame.payload));
      assert.deepEqual(acknowledged, [2n, 0n, 0n, 1n, 2n]);
      assert.ok(
        client.ofType(MessageType.acknowledge).every(frame => frame.flags === 3n && frame.sequenceNumber === 0n),
      );
    });

    it('says nothing to input before the terminal exists', async () => {
      const started = world.service.start(shell);
      const client = new RawClient(world.service.openChannel(started.streamUrl));
      client.open(started.tokenValue);
      client.type('early', 0);
      await runFor(world.timeline, 100);
      assert.deepEqual(client.frames, []);
      await runFor(world.timeline, 500);
      client.type('early', 0);
      await runFor(world.timeline, 10);
      assert.deepEqual(world.terminal.keys, [...bytesOf('early')]);
    });

    it('takes the terminal size, and ignores one that is none', async () => {
      const { client } = await connect();
      client.resize(132, 43);
      client.resize(-1, 0);
      await runFor(world.timeline, 10);
      assert.deepEqual(world.terminal.sizes, [[132, 43]]);
    });

    it('repeats only the front of its queue, at 100 ms ticks', async () => {
      const { client } = await connect();
      client.isAcknowledging = false;
      world.terminal.show(new Uint8Array(3 * 1024).fill(98));
      await runUntil(world.timeline, () => client.output.length === 3, 5_000);
      const before = world.timeline.now();
      await runFor(world.timeline, 1_000);
      const repeated = client.output.slice(3).map(frame => Number(frame.sequenceNumber));
      assert.ok(repeated.length >= 3 && repeated.length <= 5, `${repeated.length}`);
      assert.deepEqual([...new Set(repeated)], [0]);
      client.acknowledge(client.output[0]!);
      await runFor(world.timeline, 300);
      assert.equal(Number(client.output.at(-1)!.sequenceNumber), 1);
      assert.ok(world.timeline.now() - before < 2_000);
    });

    it('stops reading the terminal while the client is away, and loses nothing', async () => {
      const { started, client } = await connect();
      world.terminal.show('first');
      await runFor(world.timeline, 2_000);
      client.transport.close();
      await runFor(world.timeline, 100);
      world.terminal.show(new Uint8Array(50_000).fill(99));
      await runFor(world.timeline, 5_000);
      assert.ok(world.terminal.unreadBytes >= 48_000);
      const again = reconnect(started.sessionId);
      await runFor(world.timeline, 5_000);
      const numbers = new Set(again.client.output.map(frame => Number(frame.sequenceNumber)));
      assert.deepEqual(
        [...numbers].sort((left, right) => left - right),
        [...Array(numbers.size).keys()].map(n => n + 1),
      );
      assert.equal(world.terminal.unreadBytes, 0);
    });
  });

  describe('the end', () => {
    it('comes when the program ends: the rest is sent, then channel_closed with empty output', async () => {
      const { started, client } = await connect();
      world.terminal.show('last words');
      world.terminal.exit();
      await runUntil(world.timeline, () => client.close !== undefined, 5_000);
      assert.equal(client.text, 'last words');
      assert.equal(client.frames.at(-1)!.messageType, MessageType.channelClosed);
      assert.equal(readClosingOutput(client.frames.at(-1)!.payload), '');
      assert.equal(world.service.find(started.sessionId)?.status, 'Terminated');
      assert.equal(world.service.resume(started.sessionId), undefined);
    });

    it('waits 2 s at most for acknowledgements', async () => {
      const { client } = await connect();
      client.isAcknowledging = false;
      world.terminal.show('x');
      await runUntil(world.timeline, () => client.output.length > 0, 5_000);
      world.terminal.exit();
      const before = world.timeline.now();
      await runUntil(world.timeline, () => client.close !== undefined, 5_000);
      assert.ok(world.timeline.now() - before >= 2_000 && world.timeline.now() - before < 2_100);
    });

    it('comes at TerminateSession: the terminal is hung up and what it held is dropped', async () => {
      const { started, client } = await connect();
      await runFor(world.timeline, 2_000);
      world.terminal.show('never seen');
      assert.equal(world.service.terminate(started.sessionId), true);
      await runFor(world.timeline, 1_000);
      assert.ok(world.terminal.isHungUp);
      assert.equal(client.text, '');
      assert.equal(readClosingOutput(client.ofType(MessageType.channelClosed)[0]!.payload), '');
      assert.equal(world.service.terminate(started.sessionId), true);
      assert.equal(world.service.terminate('student-unknown'), false);
    });

    it('comes after 20 minutes without a stream frame, with the words for it', async () => {
      const { client } = await connect();
      await runFor(world.timeline, 15 * 60_000);
      client.type('k');
      await runFor(world.timeline, 19 * 60_000);
      assert.equal(client.close, undefined);
      await runFor(world.timeline, 2 * 60_000);
      assert.equal(
        readClosingOutput(client.ofType(MessageType.channelClosed)[0]!.payload),
        'Your session timed out due to inactivity and has been terminated.',
      );
      assert.ok(world.terminal.isHungUp);
    });

    it('leaves nothing on the timeline', async () => {
      const { started } = await connect();
      world.service.terminate(started.sessionId);
      await runFor(world.timeline, 10);
      assert.equal(world.timeline.nextDueMs, undefined);
    });
  });

  it('lists sessions by account, region and state, newest first', async () => {
    const { started } = await connect();
    const second = world.service.start({ ...shell, callerName: 'teacher', reason: 'to show' });
    assert.deepEqual(
      world.service.list(place, 'Active').map(session => [session.owner, session.status, session.reason]),
      [
        ['teacher', 'Connecting', 'to show'],
        ['student', 'Connected', ''],
      ],
    );
    world.service.terminate(started.sessionId);
    assert.deepEqual(
      world.service.list(place, 'Active').map(session => session.sessionId),
      [second.sessionId],
    );
    const [ended] = world.service.list(place, 'History');
    assert.equal(ended?.status, 'Terminated');
    assert.equal(ended?.endMs, world.timeline.now());
    assert.equal(ended?.documentName, 'SSM-SessionManagerRunShell');
  });
});
