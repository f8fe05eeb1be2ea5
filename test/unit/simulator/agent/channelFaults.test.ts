import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ChannelFault, parseChannelFault } from '../../../../src/simulator/agent/channelFault';
import type { SessionEnd } from '../../../../src/ssm/channelStatus';
import { openSession, type Session } from '../../../../src/ssm/session';
import { PracticeSessions, target } from '../../../support/practiceSessions';
import { runFor, runUntil } from '../../../support/runTimeline';

const shell = { name: 'SSM-SessionManagerRunShell' } as const;
const limitMs = 300_000;

/** Our client at a terminal, under faults of the service's own. */
class FaultyDesk {
  readonly world = new PracticeSessions();
  readonly statuses: string[] = [];
  received: number[] = [];
  end: SessionEnd | undefined;
  session!: Session;

  async open(...faults: readonly ChannelFault[]): Promise<void> {
    for (const fault of faults) this.world.service.faults.add(fault);
    this.session = await openSession(this.world.gateway, target, shell, { ports: this.world.ports });
    this.session.onOutput(({ bytes }) => this.received.push(...bytes));
    this.session.onStatus(({ kind }) => this.statuses.push(kind));
    this.session.onClose(end => {
      this.end = end;
    });
    await runUntil(this.world.timeline, () => this.world.guest.terminals.length > 0, 5_000);
  }

  /** Shows and types parts, with pauses between, until all of it is there at the other end. */
  async exchange(parts: readonly { readonly shown: Uint8Array; readonly typed: Uint8Array }[]): Promise<void> {
    for (const { shown, typed } of parts) {
      this.world.terminal.show(shown);
      if (typed.length > 0) this.session.write(typed);
      await runFor(this.world.timeline, 50);
    }
    const shown = parts.flatMap(part => [...part.shown]);
    const typed = parts.flatMap(part => [...part.typed]);
    const isComplete = () => this.received.length >= shown.length && this.world.terminal.keys.length >= typed.length;
    await runUntil(this.world.timeline, isComplete, limitMs);
    await runFor(this.world.timeline, 1_000);
    assert.deepEqual(this.received, shown);
    assert.deepEqual(this.world.terminal.keys, typed);
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const conversation = Array.from({ length: 12 }, (_, index) => ({
  shown: bytesOf(`line ${index} ${'x'.repeat(index * 300)}\r\n`),
  typed: bytesOf(`key ${index}\r`),
}));

describe('a fault on demand', () => {
  let desk: FaultyDesk;

  beforeEach(() => {
    desk = new FaultyDesk();
  });
  afterEach(() => desk.session?.dispose());

  const spoilers: readonly [string, readonly string[], (session: Session) => boolean][] = [
    ['duplicates', ['duplicateFrame'], ({ counters }) => counters.duplicates >= 12],
    ['another order', ['reorderFrames'], ({ counters }) => counters.early >= 1],
    ['a frame lost until it is sent again', ['loseFrame,frame=3'], ({ counters }) => counters.holes === 1],
    ['every frame lost once', ['loseFrame'], ({ counters }) => counters.framesLost === 0],
    ['a lost acknowledgement', ['loseAcknowledgement,frame=2'], ({ counters }) => counters.duplicates === 1],
    ['bad digests', ['badDigest,frame=1', 'badDigest,frame=4'], ({ counters }) => counters.malformed === 2],
    ['a frame of 119 bytes', ['shortFrame,frame=1'], ({ counters }) => counters.malformed === 1],
    ['a huge HeaderLength', ['hugeHeaderLength,frame=0'], ({ counters }) => counters.malformed === 1],
    ['the hourly Bye', ['bye,frame=4'], ({ counters }) => counters.reconnects === 1],
    ['a lost link', ['lostLink,frame=4'], ({ counters }) => counters.reconnects === 1],
    ['a silent stall', ['silentStall,frame=4'], ({ counters }) => counters.reconnects === 1],
    ['one loss after another', ['bye,frame=2', 'lostLink,frame=5'], ({ counters }) => counters.reconnects === 2],
    ['a pause', ['pausePublication,frame=3,durationMs=4000'], ({ counters }) => counters.framesLost === 0],
  ];
  for (const [name, faults, isNoticed] of spoilers) {
    it(`of ${name} loses nothing and doubles nothing`, async () => {
      await desk.open(...faults.map(parseChannelFault));
      await desk.exchange(conversation);
      assert.ok(isNoticed(desk.session), JSON.stringify(desk.session.counters));
    });
  }

  it('shows a pause to the person at the terminal', async () => {
    await desk.open(parseChannelFault('pausePublication,durationMs=4000'));
    await desk.exchange(conversation);
    assert.deepEqual(
      desk.statuses.filter(kind => kind.startsWith('agent')),
      ['agentUnreachable', 'agentReachable'],
    );
  });

  it('ends a session as idle, with its words', async () => {
    await desk.open(parseChannelFault('idleTimeout'));
    desk.world.terminal.show('x');
    await runUntil(desk.world.timeline, () => desk.end !== undefined, limitMs);
    assert.deepEqual([desk.end?.cause, desk.world.terminal.isHungUp], ['timedOut', true]);
  });

  it('ends a session with any reason', async () => {
    const fault = parseChannelFault('channelClosed,frame=1,output=\n----------ERROR-------\nno=more');
    await desk.open(fault);
    desk.world.terminal.show('first');
    await runFor(desk.world.timeline, 2_000);
    desk.world.terminal.show('second');
    await runUntil(desk.world.timeline, () => desk.end !== undefined, limitMs);
    assert.deepEqual([desk.end?.cause, desk.end?.reason], ['failed', '\n----------ERROR-------\nno=more']);
    assert.equal(Buffer.from(desk.received).toString(), 'first');
  });

  it('lets a handshake time out', async () => {
    const { world } = desk;
    world.documents.set(shell.name, {
      description: undefined,
      sessionType: 'Standard_Stream',
      parameters: {},
      inputs: { kmsKeyId: 'key' },
      properties: {},
    });
    world.generateDataKey = async () => ({ plaintext: new Uint8Array(64), ciphertextBlob: new Uint8Array(1) });
    world.service.faults.add({ kind: 'noHandshakeAnswer' });
    const session = await openSession(world.gateway, target, shell, { ports: world.ports });
    const ends: SessionEnd[] = [];
    session.onClose(end => ends.push(end));
    await runFor(world.timeline, 15_000);
    assert.equal(ends.length, 0);
    await runUntil(world.timeline, () => ends.length > 0, 5_000);
    assert.match(ends[0]?.reason ?? '', /Handshake timed out/);
  });

  it('refuses to start a session, until it is disposed of', async () => {
    const fault = desk.world.service.faults.add({ kind: 'targetNotConnected' });
    await assert.rejects(openSession(desk.world.gateway, target, shell, { ports: desk.world.ports }));
    fault.dispose();
    await desk.open();
  });

  it('is read from text, and nothing else is', () => {
    assert.deepEqual(parseChannelFault('loseFrame,frame=5'), { kind: 'loseFrame', frame: 5 });
    assert.deepEqual(parseChannelFault('bye'), { kind: 'bye' });
    for (const text of ['', 'explode', 'loseFrame,frame=-1', 'loseFrame,frame=x', 'bye,when=now', 'pausePublication'])
      assert.throws(() => parseChannelFault(text), RangeError, text);
  });
});

describe('whatever goes wrong on a data channel', () => {
  const frame = fc.nat(15);
  const spoiling: fc.Arbitrary<ChannelFault> = fc.record({
    kind: fc.constantFrom(
      ...(['duplicateFrame', 'reorderFrames', 'loseFrame', 'loseAcknowledgement'] as const),
      ...(['badDigest', 'shortFrame', 'hugeHeaderLength'] as const),
    ),
    frame,
  });
  const interrupting: fc.Arbitrary<ChannelFault> = fc.oneof(
    fc.record({ kind: fc.constantFrom('bye' as const, 'lostLink' as const, 'silentStall' as const), frame }),
    fc.record({
      kind: fc.constant('pausePublication' as const),
      frame,
      durationMs: fc.integer({ min: 1, max: 5_000 }),
    }),
  );
  const always: fc.Arbitrary<ChannelFault> = fc.record({
    kind: fc.constantFrom('duplicateFrame' as const, 'reorderFrames' as const, 'loseAcknowledgement' as const),
  });
  const faults = fc
    .tuple(
      fc.array(spoiling, { maxLength: 6 }),
      fc.array(interrupting, { maxLength: 2 }),
      fc.array(always, { maxLength: 1 }),
    )
    .map(lists => lists.flat());
  const printable = fc.array(fc.integer({ min: 32, max: 126 }), { minLength: 1, maxLength: 1_500 });
  const part = fc.record({
    shown: printable.map(values => Uint8Array.from(values)),
    typed: fc.uint8Array({ maxLength: 40 }),
  });

  it('every byte arrives once and in order, both ways', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(faults, fc.array(part, { minLength: 1, maxLength: 10 }), async (schedule, parts) => {
        const desk = new FaultyDesk();
        await desk.open(...schedule);
        await desk.exchange(parts);
        desk.session.dispose();
      }),
      { numRuns: 60 },
    );
  });
});
