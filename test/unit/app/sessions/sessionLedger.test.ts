import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { openShell } from '../../../../src/app/operations/openShell';
import { unendedSessionsKey } from '../../../../src/app/remembered';
import { endLeftSessions } from '../../../../src/app/sessions/endLeftSessions';
import { SessionLedger } from '../../../../src/app/sessions/sessionLedger';
import { Emitter } from '../../../../src/base/event';
import { LabError } from '../../../../src/core/errors';
import { scopeId } from '../../../../src/core/ids';
import { FakeCloud } from '../../../support/fakeGateways';
import { MapMemory } from '../../../support/labCloud';
import { PracticeSessions, target } from '../../../support/practiceSessions';
import { runFor, runToEnd } from '../../../support/runTimeline';

const unreachable = new LabError('cloudUnreachable');

/** A scope whose sessions are real ones of the practice cloud, and the ledger that a window keeps of them. */
class Desk {
  readonly world = new PracticeSessions();
  readonly memory = new MapMemory();
  readonly scope: Scope;
  ledger = this.#window();
  /** What ending a session is answered with; nothing: it works. */
  refusal: Error | undefined;

  constructor() {
    const { gateways, scope } = new FakeCloud();
    const { sessions, terminate } = { sessions: this.world.gateway, terminate: this.world.gateway.terminateSession };
    const guarded = {
      ...sessions,
      terminateSession: async (sessionId: string) => {
        if (this.refusal) throw this.refusal;
        await terminate(sessionId);
      },
    };
    this.scope = { ...scope, gateways: async () => ({ ...gateways, sessions: guarded }) };
  }

  async open() {
    const ports = { ...this.world.ports, registerOf: (scope: Scope) => this.ledger.registerOf(scope) };
    const session = await openShell(this.scope, target, { ports });
    await runFor(this.world.timeline, 500);
    return session;
  }

  /** The window dies and another begins in the same workspace. */
  restart(): void {
    this.ledger = this.#window();
  }

  left(): readonly string[] {
    return this.ledger.leftOf(this.scope).map(({ sessionId }) => sessionId);
  }

  #window(): SessionLedger {
    return new SessionLedger(this.memory, this.world.timeline);
  }
}

describe('sessions that could not be ended', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk();
  });

  it('are none while sessions run, and none when they have ended by us or by themselves', async () => {
    const [ours, theirs] = [await desk.open(), await desk.open()];
    assert.deepEqual(desk.left(), []);
    await ours.end();
    desk.world.terminal.exit(0);
    await runToEnd(desk.world.timeline, theirs.closed, 10_000);
    assert.deepEqual(desk.left(), []);
    assert.equal(desk.memory.get(unendedSessionsKey), undefined);
  });

  it('are listed with the reason, oldest first, and ended when they are asked for again', async () => {
    const [first, second] = [await desk.open(), await desk.open()];
    desk.refusal = unreachable;
    await second.end();
    await first.end();
    assert.deepEqual(desk.left(), [first.sessionId, second.sessionId]);
    assert.equal(desk.ledger.leftOf(desk.scope)[0]?.error?.code, 'cloudUnreachable');
    await assert.rejects(desk.ledger.end(desk.scope, first.sessionId), { code: 'cloudUnreachable' });
    assert.equal(desk.left().length, 2);
    desk.refusal = undefined;
    await desk.ledger.end(desk.scope, first.sessionId);
    assert.deepEqual(desk.left(), [second.sessionId]);
    assert.deepEqual(desk.world.terminated, [first.sessionId]);
  });

  it('belong to their scope only', async () => {
    const session = await desk.open();
    desk.refusal = unreachable;
    await session.end();
    assert.deepEqual(desk.ledger.leftOf({ ...desk.scope, id: scopeId('profile:other@eu-west-1') }), []);
  });

  it('are ended at the next start, also when the window died without a word', async () => {
    const session = await desk.open();
    desk.restart();
    assert.deepEqual(desk.left(), [session.sessionId]);
    const sweep = endLeftSessions(storeOf(desk.scope), desk.ledger, new Emitter<void>().event);
    await runFor(desk.world.timeline, 10);
    assert.deepEqual([desk.left(), desk.world.terminated], [[], [session.sessionId]]);
    assert.equal(desk.memory.get(unendedSessionsKey), undefined);
    sweep.dispose();
  });

  it('wait while their scope cannot be asked, and are tried again when it may be', async () => {
    const session = await desk.open();
    desk.restart();
    desk.refusal = new LabError('workspaceNotTrusted', { scope: 'provider' });
    const trust = new Emitter<void>();
    const sweep = endLeftSessions(storeOf(desk.scope), desk.ledger, trust.event);
    await runFor(desk.world.timeline, 10);
    assert.deepEqual(desk.left(), [session.sessionId]);
    desk.restart();
    assert.deepEqual(desk.left(), [session.sessionId], 'another window knows it, too');
    sweep.dispose();
    desk.refusal = undefined;
    const nextSweep = endLeftSessions(storeOf(desk.scope), desk.ledger, trust.event);
    trust.fire();
    await runFor(desk.world.timeline, 10);
    assert.deepEqual(desk.left(), []);
    nextSweep.dispose();
  });

  it('are told to whoever listens when they are left and when they are gone', async () => {
    const session = await desk.open();
    const counts: number[] = [];
    desk.ledger.onDidChange(() => counts.push(desk.left().length));
    desk.refusal = unreachable;
    await session.end();
    desk.refusal = undefined;
    await desk.ledger.endLeft(desk.scope);
    assert.deepEqual(counts, [1, 0]);
  });

  it('are no harm when what is remembered is damaged', async () => {
    const damaged = [{ sessionId: 'a b', scopeId: 's', instanceId: target, startedMs: 1 }, 'x', { scopeId: 's' }];
    for (const value of [undefined, 'x', { version: 2, sessions: [] }, { version: 1, sessions: damaged }]) {
      await desk.memory.update(unendedSessionsKey, value);
      desk.restart();
      assert.deepEqual(desk.left(), []);
    }
  });
});

function storeOf(scope: Scope) {
  return {
    scopes: [scope],
    onDidChange: new Emitter<void>().event,
    add() {},
    remove() {},
    find: () => undefined,
    setReadOnly() {},
    noteSignIn() {},
    identityOf: () => Promise.reject(new LabError('internal')),
  };
}
