import assert from 'node:assert/strict';
import { runOnInstance } from '../../../../src/app/operations/runOnInstance';
import { PracticeSessions, target } from '../../../support/practiceSessions';
import { runUntil } from '../../../support/runTimeline';

/** The mark that the command line prints at its end, read from the line itself. */
const markOf = (command: string | undefined) => /vpc-labs-[0-9a-f-]+/.exec(command ?? '')?.[0] ?? '';

async function start(practice: PracticeSessions, options: { signal?: AbortSignal; timeLimitMs?: number } = {}) {
  const running = runOnInstance(practice.gateway, target, 'dig +short example.org', {
    ports: practice.ports,
    ...options,
  });
  running.catch(() => undefined);
  await runUntil(practice.timeline, () => practice.guest.terminals.length > 0, 10_000);
  return { running, terminal: practice.terminal, mark: markOf(practice.terminal.command) };
}

async function drive<T>(practice: PracticeSessions, promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let result: PromiseSettledResult<T> | undefined;
  void Promise.allSettled([promise]).then(([settled]) => {
    result = settled;
  });
  await runUntil(practice.timeline, () => result !== undefined, 120_000);
  assert.ok(result);
  return result;
}

describe('running a command on an instance', () => {
  it('gives the output without the mark, and the exit code', async () => {
    const practice = new PracticeSessions();
    const { running, terminal, mark } = await start(practice);
    terminal.show(`10.0.0.1\r\n10.0.0.2\r\n\n${mark}:0\n`);
    terminal.exit();
    const result = await drive(practice, running);
    assert.deepEqual(result, { status: 'fulfilled', value: { output: '10.0.0.1\n10.0.0.2\n', exitCode: 0 } });
    assert.equal(practice.terminated.length, 1);
  });

  it('is not misled by the line itself when the terminal echoes it', async () => {
    const practice = new PracticeSessions();
    const { running, terminal, mark } = await start(practice);
    terminal.show(`${terminal.command}\r\nsh: dig: command not found\r\n\r\n${mark}:127\r\n`);
    const result = await drive(practice, running);
    assert.equal(result.status === 'fulfilled' && result.value.exitCode, 127);
  });

  it('gives up after its time limit and leaves no session behind', async () => {
    const practice = new PracticeSessions();
    const { running, terminal } = await start(practice, { timeLimitMs: 5_000 });
    const result = await drive(practice, running);
    assert.match(String(result.status === 'rejected' && result.reason), /sessionTimedOut/);
    assert.equal(practice.terminated.length, 1);
    assert.ok(terminal.isHungUp);
  });

  it('says that the session ended when the shell dies before the mark', async () => {
    const practice = new PracticeSessions();
    const { running, terminal } = await start(practice);
    terminal.show('half a li');
    terminal.exit(1);
    const result = await drive(practice, running);
    assert.match(String(result.status === 'rejected' && result.reason), /sessionEnded/);
  });

  it('ends with the reason of its signal, and ends the session', async () => {
    const practice = new PracticeSessions();
    const abort = new AbortController();
    const { running } = await start(practice, { signal: abort.signal });
    abort.abort(new Error('enough'));
    const result = await drive(practice, running);
    assert.match(String(result.status === 'rejected' && result.reason), /enough/);
    assert.equal(practice.terminated.length, 1);
  });
});
