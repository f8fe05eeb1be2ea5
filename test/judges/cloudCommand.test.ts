import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { LoopbackCloud } from '../support/loopbackCloud';

function run(...parameters: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/cloud.js', ...parameters], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, lines: stderr.trimEnd().split('\n') };
}

describe('npm run cloud', function () {
  this.timeout(30_000);

  it('says in one line what it does not take', () => {
    for (const wrong of [
      ['--nothing'],
      ['stray'],
      ['--port'],
      ['--port', '65536'],
      ['--pace', 'slow'],
      ['--world', 'x'],
    ]) {
      const { status, stdout, lines } = run(...wrong);
      assert.deepEqual([status, stdout, lines.length], [1, '', 1], `${wrong.join(' ')}: ${lines.join('\n')}`);
    }
  });

  it('says that its port is taken, and ends when it is told to', async () => {
    const cloud = await LoopbackCloud.start();
    const { port } = new URL(cloud.announcement.endpoint);
    const { status, stdout, lines } = run('--port', port);
    assert.deepEqual([status, stdout, lines.length], [1, '', 1]);
    assert.match(lines[0] ?? '', /EADDRINUSE/);
    assert.equal(await cloud.stop(), 0);
  });
});
