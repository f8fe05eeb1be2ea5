import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChannelMessage } from '../../../src/core/ports/wire';
import { encodeFrame, MessageType, readFrame } from '../../../src/ssm/frameCodec';
import { openSession, type Session } from '../../../src/ssm/session';
import { type Fault, FaultyChannel, isOutput, messageTypeOf, noFault } from '../../support/faultyChannel';
import { PracticeSessions, target } from '../../support/practiceSessions';
import { runFor, runUntil } from '../../support/runTimeline';
import { fieldsOf, sha256 } from '../../support/ssmVectors';

const document = { name: 'SSM-SessionManagerRunShell' } as const;
const OUTPUT_BYTES = 20_000;
/** Every byte differs from its neighbours, and all of it is valid UTF-8. */
const output = Uint8Array.from({ length: OUTPUT_BYTES }, (_, index) => 32 + ((index * 7 + (index >> 6)) % 90));
const typed = new TextEncoder().encode('echo one\recho two\recho three\r');

interface Run {
  readonly session: Session;
  readonly received: Uint8Array;
  readonly keys: Uint8Array;
}

/** Types and prints over a faulty channel until every byte is there in both directions. */
async function run(
  faults: { readonly incoming?: Fault; readonly outgoing?: Fault },
  disturb: (world: PracticeSessions) => Promise<void> = async () => {},
): Promise<Run> {
  const world = new PracticeSessions();
  world.wrap = transport => new FaultyChannel(transport, faults);
  const session = await openSession(world.gateway, target, document, { ports: world.ports });
  const received: number[] = [];
  session.onOutput(({ bytes }) => received.push(...bytes));
  await runFor(world.timeline, 500);
  world.terminal.show(output.slice(0, OUTPUT_BYTES / 2));
  for (const key of typed) session.write(Uint8Array.of(key));
  await runFor(world.timeline, 600);
  await disturb(world);
  world.terminal.show(output.slice(OUTPUT_BYTES / 2));
  const isComplete = () => received.length >= OUTPUT_BYTES && world.terminal.keys.length >= typed.length;
  await runUntil(world.timeline, isComplete, 120_000);
  await runFor(world.timeline, 3_000);
  session.dispose();
  return { session, received: Uint8Array.from(received), keys: Uint8Array.from(world.terminal.keys) };
}

function assertWhole({ received, keys }: Run): void {
  assert.deepEqual(received, output);
  assert.deepEqual(keys, typed);
}

/** Applies a fault to the n-th stream frame only. */
const onOutputNumber = (wanted: readonly number[], fault: (frame: Uint8Array) => readonly ChannelMessage[]): Fault => {
  let seen = -1;
  return message => {
    if (!isOutput(message)) return [message];
    seen++;
    return wanted.includes(seen) ? fault(message) : [message];
  };
};

const changed = (frame: Uint8Array, change: (copy: Uint8Array) => void) => {
  const copy = frame.slice();
  change(copy);
  return copy;
};

describe('every byte arrives once and in order', () => {
  it('without any fault, and then nothing is repeated', async () => {
    const whole = await run({});
    assertWhole(whole);
    assert.equal(whole.session.counters.duplicates, 0);
    assert.equal(whole.session.counters.framesResent, 0);
  });

  it('when frames are duplicated', async () => {
    const whole = await run({ incoming: message => [message, message] });
    assertWhole(whole);
    assert.ok(whole.session.counters.duplicates >= 20);
  });

  it('when frames arrive in another order', async () => {
    let held: ChannelMessage | undefined;
    const swapPairs: Fault = message => {
      if (!isOutput(message)) return [message];
      const before = held;
      held = before ? undefined : message;
      return before ? [message, before] : [];
    };
    const whole = await run({ incoming: swapPairs });
    assertWhole(whole);
    assert.ok(whole.session.counters.early > 0);
  });

  it('when the n-th frame is lost until it is sent again', async () => {
    const whole = await run({ incoming: onOutputNumber([0, 5, 11], () => []) });
    assertWhole(whole);
    assert.ok(whole.session.counters.holes >= 1);
    assert.equal(whole.session.counters.framesLost, 0);
  });

  it('when an acknowledgement is lost, and the frame that comes again is acknowledged again', async () => {
    let lost = 0;
    const loseTwo: Fault = message =>
      messageTypeOf(message) === MessageType.acknowledge && lost++ < 2 ? [] : [message];
    const whole = await run({ outgoing: loseTwo });
    assertWhole(whole);
    assert.ok(whole.session.counters.duplicates >= 1 && whole.session.counters.duplicates < 10);
  });

  it('when our own frames and their acknowledgements are lost', async () => {
    let sent = 0;
    let heard = 0;
    const whole = await run({
      outgoing: message => (messageTypeOf(message) === MessageType.input && sent++ % 3 === 0 ? [] : [message]),
      incoming: message => (messageTypeOf(message) === MessageType.acknowledge && heard++ % 4 === 0 ? [] : [message]),
    });
    assertWhole(whole);
    assert.ok(whole.session.counters.framesResent > 0);
  });

  const damages: Readonly<Record<string, (frame: Uint8Array) => Uint8Array>> = {
    'a bad digest': frame => changed(frame, copy => copy.fill(0, 80, 84)),
    'a damaged payload': frame => changed(frame, copy => copy.fill(1, 121, 125)),
    '119 bytes': frame => frame.slice(0, 119),
    'a huge HeaderLength': frame => changed(frame, copy => copy.fill(0x7f, 0, 4)),
    'HeaderLength 0': frame => changed(frame, copy => copy.fill(0, 0, 4)),
    'nothing in it': () => new Uint8Array(0),
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`when a frame has ${name}: it is dropped, counted, and comes again`, async () => {
      const whole = await run({ incoming: onOutputNumber([1, 6], frame => [damage(frame)]) });
      assertWhole(whole);
      assert.equal(whole.session.counters.malformed, 2);
    });
  }

  it('when text, unknown frames and negative numbers stand between', async () => {
    const unknown = encodeFrame(
      {
        messageType: 'something_new',
        schemaVersion: 1,
        createdMs: 1n,
        sequenceNumber: 0n,
        flags: 0n,
        messageId: '01234567-89ab-4def-9edc-ba9876543210',
        payloadType: 0,
        payload: Uint8Array.of(1),
      },
      sha256,
    );
    const negative = (frame: Uint8Array) => {
      const reading = readFrame(frame);
      assert.ok(reading.ok);
      return encodeFrame({ ...fieldsOf(reading.frame), sequenceNumber: -1n }, sha256);
    };
    const whole = await run({
      incoming: message => (isOutput(message) ? ['hello', unknown, negative(message), message] : [message]),
    });
    assertWhole(whole);
    assert.ok(whole.session.counters.unknown >= 20);
    assert.ok(whole.session.counters.malformed >= 40);
  });

  const losses: Readonly<Record<string, (channel: FaultyChannel) => void>> = {
    'closes with 1000 Bye': channel => channel.cut(1000, 'Bye'),
    'is lost with 1006': channel => channel.cut(1006),
    'stalls silently': channel => channel.stall(),
  };
  for (const [name, lose] of Object.entries(losses)) {
    it(`when the link ${name} in the middle of output`, async () => {
      const whole = await run({}, async world => {
        world.terminal.show('');
        lose(world.channels.at(-1) as FaultyChannel);
        await runFor(world.timeline, 40);
      });
      assertWhole(whole);
      assert.equal(whole.session.counters.reconnects, 1);
    });
  }

  it('when the link is lost with many frames on their way', async () => {
    const whole = await run({}, async world => {
      const channel = world.channels.at(-1) as FaultyChannel;
      channel.incoming = onOutputNumber([0, 1, 2, 3], () => []);
      await runFor(world.timeline, 2);
      channel.cut();
    });
    assertWhole(whole);
  });

  it('whatever is lost, doubled or delayed', async function () {
    this.timeout(20_000);
    const fates = fc.array(fc.constantFrom('pass', 'pass', 'pass', 'lose', 'double', 'delay'), {
      minLength: 40,
      maxLength: 40,
    });
    const faultOf = (plan: readonly string[]): Fault => {
      let held: ChannelMessage[] = [];
      return (message, number) => {
        const fate = number === 0 ? 'pass' : (plan[number] ?? 'pass');
        if (fate === 'lose') return [];
        if (fate === 'delay') {
          held.push(message);
          return [];
        }
        const released = held;
        held = [];
        return fate === 'double' ? [message, message, ...released] : [message, ...released];
      };
    };
    await fc.assert(
      fc.asyncProperty(fates, fates, async (incoming, outgoing) => {
        assertWhole(await run({ incoming: faultOf(incoming), outgoing: faultOf(outgoing) }));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a hole that nobody fills', () => {
  it('is skipped after 10 s, and told', async () => {
    const world = new PracticeSessions();
    let lostNumber: bigint | undefined;
    const loseForEver: Fault = message => {
      const reading = isOutput(message) ? readFrame(message) : undefined;
      if (!reading?.ok) return noFault(message, 0);
      lostNumber ??= reading.frame.sequenceNumber + 2n;
      return reading.frame.sequenceNumber === lostNumber ? [] : [message];
    };
    world.wrap = transport => new FaultyChannel(transport, { incoming: loseForEver });
    const session = await openSession(world.gateway, target, document, { ports: world.ports });
    let length = 0;
    const lost: number[] = [];
    session.onOutput(({ bytes }) => {
      length += bytes.length;
    });
    session.onStatus(status => {
      if (status.kind === 'outputLost') lost.push(status.frames);
    });
    await runFor(world.timeline, 500);
    world.terminal.show(new Uint8Array(10_240).fill(65));
    await runFor(world.timeline, 5_000);
    assert.equal(length, 2 * 1024);
    await runUntil(world.timeline, () => length === 9 * 1024, 10_000);
    assert.deepEqual(lost, [1]);
    assert.equal(session.counters.framesLost, 1);
    session.dispose();
  });
});
