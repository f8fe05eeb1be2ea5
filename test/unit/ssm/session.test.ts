import assert from 'node:assert/strict';
import type { ChannelStatus, SessionEnd } from '../../../src/ssm/channelStatus';
import { stopPolitely } from '../../../src/ssm/politeStop';
import { openSession, type Session, type SessionOptions } from '../../../src/ssm/session';
import { FaultyChannel } from '../../support/faultyChannel';
import { PracticeSessions, place, target } from '../../support/practiceSessions';
import { runFor, runToEnd, runUntil } from '../../support/runTimeline';

const shellDocument = { name: 'SSM-SessionManagerRunShell' } as const;
const decoder = new TextDecoder();

/** A session with everything it told, on the practice service. */
async function open(world: PracticeSessions, options: Partial<SessionOptions> = {}) {
  const session = await openSession(world.gateway, target, shellDocument, { ports: world.ports, ...options });
  const heard = { text: '', statuses: [] as ChannelStatus[], end: undefined as SessionEnd | undefined };
  session.onOutput(({ bytes }) => {
    heard.text += decoder.decode(bytes);
  });
  session.onStatus(status => heard.statuses.push(status));
  session.onClose(end => {
    heard.end = end;
  });
  return { session, heard };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const keysOf = (world: PracticeSessions) => decoder.decode(Uint8Array.from(world.terminal.keys));

describe('session', () => {
  let world: PracticeSessions;
  let session: Session | undefined;

  beforeEach(() => {
    world = new PracticeSessions();
  });
  afterEach(() => {
    session?.dispose();
    session = undefined;
  });

  it('shows output, sends its size first and then what was typed meanwhile', async () => {
    const opened = await open(world, { size: { columns: 80, rows: 24 } });
    session = opened.session;
    session.write(bytes('ls\r'));
    await runFor(world.timeline, 500);
    world.terminal.show('sh-5.2$ ');
    await runUntil(world.timeline, () => keysOf(world) === 'ls\r', 5_000);
    assert.equal(opened.heard.text, 'sh-5.2$ ');
    assert.deepEqual(world.terminal.sizes, [[80, 24]]);
    assert.deepEqual(opened.heard.statuses, [{ kind: 'ready' }]);
  });

  it('lets keys through after a while when the terminal stays silent', async () => {
    ({ session } = await open(world));
    session.write(bytes('x'));
    await runFor(world.timeline, 4_000);
    assert.equal(keysOf(world), 'x');
    assert.deepEqual(world.terminal.sizes, [[300, 100]]);
  });

  it('passes a new size on', async () => {
    ({ session } = await open(world));
    await runFor(world.timeline, 4_000);
    session.resize(120, 40);
    await runFor(world.timeline, 10);
    assert.deepEqual(world.terminal.sizes.at(-1), [120, 40]);
  });

  it('delivers a large paste in order and in frames of at most 1,024 bytes', async () => {
    ({ session } = await open(world));
    await runFor(world.timeline, 4_000);
    const paste = Array.from({ length: 5_000 }, (_, index) => `${index} `).join('');
    session.write(bytes(paste));
    await runFor(world.timeline, 200);
    assert.equal(keysOf(world), paste);
  });

  it('ends as finished when the program ends, and does not terminate what is over', async () => {
    const opened = await open(world);
    session = opened.session;
    await runFor(world.timeline, 500);
    world.terminal.show('bye\r\n');
    world.terminal.exit();
    const end = await runToEnd(world.timeline, session.closed, 5_000);
    assert.equal(end.cause, 'finished');
    assert.equal(opened.heard.text, 'bye\r\n');
    await session.end();
    assert.deepEqual(world.terminated, []);
  });

  it('keeps what came before the first listener', async () => {
    session = await openSession(world.gateway, target, shellDocument, { ports: world.ports });
    await runFor(world.timeline, 500);
    world.terminal.show('early ');
    await runFor(world.timeline, 1_000);
    let text = '';
    session.onOutput(output => {
      text += decoder.decode(output.bytes);
    });
    world.terminal.show('late');
    await runFor(world.timeline, 100);
    assert.equal(text, 'early late');
  });

  it('tells a late listener that the session is over', async () => {
    ({ session } = await open(world));
    await session.end();
    let end: SessionEnd | undefined;
    session.onClose(value => {
      end = value;
    });
    assert.equal(end?.cause, 'ended');
  });

  it('terminates at the service when it is ended, disposed or aborted, once', async () => {
    for (const stop of [(one: Session) => one.end(), (one: Session) => one.dispose()]) {
      const opened = await open(world);
      await runFor(world.timeline, 500);
      await stop(opened.session);
      opened.session.dispose();
      await runFor(world.timeline, 10);
      assert.equal(opened.heard.end?.cause, 'ended');
      assert.ok(world.terminal.isHungUp);
    }
    const abort = new AbortController();
    const opened = await open(world, { signal: abort.signal });
    abort.abort();
    await runFor(world.timeline, 10);
    assert.equal(opened.heard.end?.cause, 'ended');
    assert.equal(world.terminated.length, 3);
    assert.equal(new Set(world.terminated).size, 3);
  });

  it('terminates a session whose channel could not be opened', async () => {
    world.gateway.openChannel = async () => {
      throw new Error('no route');
    };
    await assert.rejects(
      openSession(world.gateway, target, shellDocument, { ports: world.ports }),
      (error: { code?: string }) => error.code === 'channelFailed',
    );
    assert.equal(world.terminated.length, 1);
  });

  it('terminates a session that was started while its start was aborted', async () => {
    const abort = new AbortController();
    const { startSession } = world.gateway;
    world.gateway.startSession = async (...input) => {
      abort.abort(new Error('changed my mind'));
      await Promise.resolve();
      return startSession(...input);
    };
    const opening = openSession(world.gateway, target, shellDocument, { ports: world.ports, signal: abort.signal });
    await assert.rejects(opening, /changed my mind/);
    await runUntil(world.timeline, () => world.terminated.length === 1, 1_000);
  });

  it('refuses a start with a signal that is aborted already, without starting anything', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await assert.rejects(openSession(world.gateway, target, shellDocument, { ports: world.ports, signal }), /too late/);
    assert.deepEqual(world.terminated, []);
  });

  it('survives the hourly hang-up of the gateway without losing a byte', async () => {
    const opened = await open(world, { isKeptAwake: true });
    session = opened.session;
    await runFor(world.timeline, 59 * 60_000);
    world.terminal.show('before ');
    await runFor(world.timeline, 30 * 60_000);
    world.terminal.show('after');
    session.write(bytes('k'));
    await runFor(world.timeline, 2_000);
    assert.equal(opened.heard.text, 'before after');
    assert.equal(keysOf(world), 'k');
    assert.equal(session.counters.reconnects, 1);
    assert.deepEqual(
      opened.heard.statuses.map(status => status.kind),
      ['ready', 'reconnecting', 'reconnected'],
    );
  });

  it('is ended by the service when nothing is said for 20 minutes', async () => {
    const opened = await open(world);
    session = opened.session;
    const end = await runToEnd(world.timeline, session.closed, 30 * 60_000);
    assert.equal(end.cause, 'timedOut');
    assert.match(end.reason, /inactivity/);
    assert.ok(world.terminal.isHungUp);
  });

  it('stays while it is kept awake', async () => {
    const opened = await open(world, { isKeptAwake: true });
    session = opened.session;
    await runFor(world.timeline, 50 * 60_000);
    assert.equal(opened.heard.end, undefined);
  });

  it('notices a silently dead link within a minute and resumes', async () => {
    world.wrap = transport => new FaultyChannel(transport);
    const opened = await open(world);
    session = opened.session;
    await runFor(world.timeline, 35_000);
    (world.channels[0] as FaultyChannel).stall();
    await runUntil(world.timeline, () => session!.counters.reconnects === 1, 60_000);
    world.terminal.show('alive');
    await runFor(world.timeline, 3_000);
    assert.equal(opened.heard.text, 'alive');
  });

  it('is gone when the service no longer knows it', async () => {
    world.wrap = transport => new FaultyChannel(transport);
    const opened = await open(world);
    session = opened.session;
    await runFor(world.timeline, 4_000);
    world.service.resume = () => undefined;
    (world.channels[0] as FaultyChannel).cut();
    const end = await runToEnd(world.timeline, session.closed, 60_000);
    assert.equal(end.cause, 'gone');
  });

  it('keeps trying with growing gaps up to half a minute, and gives up and terminates after the limit', async () => {
    world.wrap = transport => new FaultyChannel(transport);
    const opened = await open(world, { giveUpAfterMs: 5 * 60_000 });
    session = opened.session;
    await runFor(world.timeline, 4_000);
    world.resumeFailure = new Error('no network');
    (world.channels[0] as FaultyChannel).cut();
    const end = await runToEnd(world.timeline, session.closed, 10 * 60_000);
    assert.equal(end.cause, 'unreachable');
    const delays = opened.heard.statuses.flatMap(status => (status.kind === 'reconnecting' ? [status.delayMs] : []));
    assert.deepEqual(delays.slice(0, 3), [150, 300, 600]);
    assert.equal(Math.max(...delays), 30_000);
    await runFor(world.timeline, 10);
    assert.equal(world.terminated.length, 1);
  });

  it('does not run wild when the gateway closes every new channel at once', async () => {
    world.wrap = transport => new FaultyChannel(transport);
    const opened = await open(world, { giveUpAfterMs: 60_000 });
    session = opened.session;
    await runFor(world.timeline, 4_000);
    world.wrap = transport => {
      transport.close(1008, 'no');
      return transport;
    };
    (world.channels[0] as FaultyChannel).cut();
    const end = await runToEnd(world.timeline, session.closed, 5 * 60_000);
    assert.equal(end.cause, 'unreachable');
    assert.ok(world.resumes < 20, `${world.resumes} attempts`);
  });

  it('tells that the agent is away and back', async () => {
    const opened = await open(world);
    session = opened.session;
    await runFor(world.timeline, 4_000);
    world.service.loseTarget(place, target);
    await runFor(world.timeline, 10);
    assert.deepEqual(opened.heard.statuses.at(-1), { kind: 'agentUnreachable' });
    session.write(bytes('x'));
    await runFor(world.timeline, 10_000);
    assert.equal(session.counters.framesResent, 0);
  });

  it('goes on when a listener throws', async () => {
    session = await openSession(world.gateway, target, shellDocument, { ports: world.ports });
    let text = '';
    session.onOutput(output => {
      text += decoder.decode(output.bytes);
      throw new Error('my page is gone');
    });
    await runFor(world.timeline, 500);
    world.terminal.show('a'.repeat(3_000));
    await runFor(world.timeline, 2_000);
    assert.equal(text.length, 3_000);
    assert.ok(session.counters.listenerErrors >= 3);
  });

  it('tells how much of a paste found no room while nobody acknowledges', async () => {
    const opened = await open(world);
    session = opened.session;
    session.write(new Uint8Array(1024 * 256 + 10));
    assert.deepEqual(opened.heard.statuses, [{ kind: 'inputDropped', bytes: 10 }]);
  });
});

describe('stopping politely', () => {
  it('sends Ctrl-C, waits for the mark, and ends the session', async () => {
    const world = new PracticeSessions();
    const { session, heard } = await open(world);
    await runFor(world.timeline, 4_000);
    world.terminal.onKeys = () => world.terminal.show('7 packets captured\n<mark>:0\n');
    const marked = new Promise<void>(resolve => {
      session.onOutput(() => {
        if (heard.text.includes('<mark>')) resolve();
      });
    });
    const before = world.timeline.now();
    await runToEnd(world.timeline, stopPolitely(session, marked, world.timeline), 10_000);
    assert.deepEqual(world.terminal.keys, [3]);
    assert.ok(world.timeline.now() - before < 1_000);
    assert.match(heard.text, /7 packets captured/);
    assert.equal(world.terminated.length, 1);
  });

  it('sends Ctrl-C twice with 3 s of patience each, then terminates', async () => {
    const world = new PracticeSessions();
    const { session } = await open(world);
    await runFor(world.timeline, 4_000);
    const before = world.timeline.now();
    await runToEnd(world.timeline, stopPolitely(session, new Promise(() => {}), world.timeline), 10_000);
    assert.deepEqual(world.terminal.keys, [3, 3]);
    assert.equal(world.timeline.now() - before, 6_000);
    assert.ok(world.terminal.isHungUp);
  });

  it('is content when the session ends by itself', async () => {
    const world = new PracticeSessions();
    const { session } = await open(world);
    await runFor(world.timeline, 4_000);
    world.terminal.onKeys = () => world.terminal.exit();
    await runToEnd(world.timeline, stopPolitely(session, new Promise(() => {}), world.timeline), 10_000);
    assert.deepEqual(world.terminated, []);
  });
});
