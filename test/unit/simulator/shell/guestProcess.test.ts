import assert from 'node:assert/strict';
import type { GuestExit, GuestProcess, GuestProcessOptions } from '../../../../src/simulator/shell/guest';
import { ExecFailure } from '../../../../src/simulator/shell/launch';
import { GuestBench } from '../../../support/guestConsole';
import { runFor, runToEnd } from '../../../support/runTimeline';

const decoder = new TextDecoder();
const limitMs = 60_000;

describe('a guest program without a terminal', () => {
  let bench: GuestBench;

  beforeEach(() => {
    bench = new GuestBench();
  });

  function start(argv: readonly string[], options: Partial<GuestProcessOptions> = {}): Promise<GuestProcess> {
    const starting = bench.guest.startProcess(argv, { output: 'pipes', isElevated: false, ...options });
    return runToEnd(bench.timeline, starting, limitMs);
  }

  async function readAll(read: (maxBytes: number) => Promise<Uint8Array | undefined>): Promise<string> {
    let text = '';
    for (let chunk = await read(1_024); chunk; chunk = await read(1_024)) text += decoder.decode(chunk);
    return text;
  }

  const exitOf = (process: GuestProcess): Promise<GuestExit> => runToEnd(bench.timeline, process.exited, limitMs);

  it('keeps its two streams apart and tells its exit code', async () => {
    const process = await start(['sh', '-c', 'echo out; echo err >&2; tty; exit 3']);
    const texts = Promise.all([readAll(size => process.readOutput(size)), readAll(size => process.readError(size))]);
    const [output, error] = await runToEnd(bench.timeline, texts, limitMs);
    assert.match(output, /^out\n/);
    assert.equal(error, 'err\n');
    assert.deepEqual(await exitOf(process), { code: 3 });
  });

  it('has no input', async () => {
    const process = await start(['cat']);
    assert.deepEqual(await exitOf(process), { code: 0 });
  });

  it('writes both streams into one file when asked', async () => {
    const process = await start(['sh', '-c', 'echo out; echo err >&2; seq 1 30000 >/dev/null'], { output: 'file' });
    await exitOf(process);
    assert.equal(await readAll(size => process.readOutput(size)), 'out\nerr\n');
  });

  it('runs as ssm-user, or as root when elevated', async () => {
    for (const [isElevated, expected] of [
      [false, 'ssm-user\n'],
      [true, 'root\n'],
    ] as const) {
      const process = await start(['whoami'], { isElevated });
      assert.equal(
        await runToEnd(
          bench.timeline,
          readAll(size => process.readOutput(size)),
          limitMs,
        ),
        expected,
      );
    }
  });

  it('is refused when there is no such program', async () => {
    for (const [name, reason] of [
      ['nosuch', 'notFound'],
      ['/usr/bin/nosuch', 'noSuchFile'],
      ['/etc', 'isDirectory'],
      ['/etc/resolv.conf', 'denied'],
    ] as const) {
      await assert.rejects(start([name]), (error: unknown) => error instanceof ExecFailure && error.reason === reason);
    }
  });

  it('is signalled alone: what it started lives on as a child of init until it writes where nobody reads', async () => {
    const process = await start(['sh', '-c', 'sleep 5; echo late; echo never > /tmp/mark; sleep 1000 & wait']);
    await runFor(bench.timeline, 100);
    process.signal('SIGKILL');
    assert.deepEqual(await exitOf(process), { code: 0, signal: 'SIGKILL' });
    const { text } = await bench.run('ps -ef');
    assert.match(text, /^ssm-user +\d+ +1 .* sleep 5$/m);
    process.release();
  });

  it('dies of SIGPIPE once its output was released', async () => {
    const process = await start(['sh', '-c', 'sleep 5; echo late; echo there > /tmp/mark']);
    process.release();
    await exitOf(process);
    assert.doesNotMatch((await bench.run('cat /tmp/mark')).text, /there/);
  });

  it('gets SIGINT by way of sudo, where there is no keyboard', async () => {
    const process = await start(['sudo', '-n', 'sleep', '1000']);
    await runFor(bench.timeline, 100);
    process.signal('SIGINT');
    await exitOf(process);
    assert.doesNotMatch((await bench.run('ps -ef')).text, /sleep 1000/);
  });
});
