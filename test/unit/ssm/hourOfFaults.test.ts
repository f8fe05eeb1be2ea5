import assert from 'node:assert/strict';
import { type Disposable, toDisposable } from '../../../src/base/disposable';
import { parseChannelFault } from '../../../src/simulator/agent/channelFault';
import { Timeline } from '../../../src/simulator/timeline';
import { openSession } from '../../../src/ssm/session';
import { PracticeSessions, target } from '../../support/practiceSessions';
import { runFor, runUntil } from '../../support/runTimeline';

const HOUR_MS = 60 * 60_000;
const GAP_MS = 4_000;

/** Knows how many appointments wait. */
class CountingTimeline extends Timeline {
  readonly #waiting = new Set<object>();

  get waiting(): number {
    return this.#waiting.size;
  }

  override at(dueMs: number, call: () => void): Disposable {
    const mark = {};
    this.#waiting.add(mark);
    const appointment = super.at(dueMs, () => {
      this.#waiting.delete(mark);
      call();
    });
    return toDisposable(() => {
      this.#waiting.delete(mark);
      appointment.dispose();
    });
  }
}

const spoilers = [
  'duplicateFrame',
  'reorderFrames',
  'loseFrame',
  'loseAcknowledgement',
  'badDigest',
  'shortFrame',
  'hugeHeaderLength',
] as const;

/** Each frame is spoiled once, in one of all ways in turn; between them the link is lost in each way, early and late in the hour. */
const faults = [
  ...Array.from({ length: 3_000 }, (_, frame) => `${spoilers[frame % spoilers.length]},frame=${frame}`),
  ...[100, 700, 1_300].flatMap(frame => [
    `bye,frame=${frame}`,
    `lostLink,frame=${frame + 100}`,
    `silentStall,frame=${frame + 200}`,
    `pausePublication,frame=${frame + 300},durationMs=90000`,
  ]),
];
/** A session's own, its terminal's, and those of the frames on their way. */
const appointmentsMax = 12;

describe('an hour on a data channel with all faults at once', () => {
  it('loses nothing, doubles nothing, and leaves nothing behind', async function () {
    this.timeout(60_000);
    const timeline = new CountingTimeline(Date.parse('2026-11-21T09:00:00Z'));
    const world = new PracticeSessions({ timeline });
    for (const fault of faults) world.service.faults.add(parseChannelFault(fault));
    const document = { name: 'SSM-SessionManagerRunShell' } as const;
    const session = await openSession(world.gateway, target, document, { ports: world.ports, isKeptAwake: true });
    const decoder = new TextDecoder();
    let received = '';
    session.onOutput(({ bytes }) => {
      received += decoder.decode(bytes, { stream: true });
    });
    await runUntil(timeline, () => world.guest.terminals.length > 0, 60_000);

    let shown = '';
    let typed = '';
    const appointments: number[] = [];
    for (const endMs = timeline.now() + HOUR_MS; timeline.now() < endMs; ) {
      const line = `${timeline.now()} Größe ${'x'.repeat(2_000 + (shown.length % 7) * 150)}\r\n`;
      const key = `${typed.length}\r`;
      world.terminal.show(line);
      session.write(new TextEncoder().encode(key));
      shown += line;
      typed += key;
      await runFor(timeline, GAP_MS);
      appointments.push(timeline.waiting);
    }
    const isComplete = () => received.length >= shown.length && world.terminal.keys.length >= typed.length;
    await runUntil(timeline, isComplete, 10 * 60_000);

    assert.equal(received, shown);
    assert.equal(new TextDecoder().decode(Uint8Array.from(world.terminal.keys)), typed);
    const { counters } = session;
    assert.deepEqual([counters.framesLost, counters.listenerErrors], [0, 0]);
    assert.equal(counters.reconnects, 9);
    for (const count of [counters.malformed, counters.duplicates, counters.early, counters.holes])
      assert.ok(count > 100);
    assert.ok(Math.max(...appointments) <= appointmentsMax, 'no timer is forgotten');

    await session.end();
    await runFor(timeline, HOUR_MS);
    assert.equal(timeline.waiting, 0);
    assert.deepEqual(world.terminated, [session.sessionId]);
  });
});
