import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly complaints: string;
}

/** Runs the built command as `npm run lab` does. */
function lab(...parameters: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/cli/lab.js', ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      complaints += text;
    });
    child.once('error', reject).once('close', exitCode => resolve({ exitCode, output, complaints }));
  });
}

const lastLine = ({ output }: Ended) => output.trimEnd().split('\n').at(-1) ?? '';

describe('the lab on the command line', function () {
  this.timeout(180_000);

  it('proves the private path, and names the cause when it is broken', async () => {
    const [proved, publicNames, shut] = await Promise.all([
      lab('iface-ec2'),
      lab('iface-ec2', '--break', 'private-dns-off'),
      lab('iface-ec2', '--break', 'no-443'),
    ]);
    assert.deepEqual([proved.exitCode, lastLine(proved), proved.complaints], [0, 'Proved.', '']);
    assert.equal(publicNames.exitCode, 1);
    assert.match(lastLine(publicNames), /^Not proved: private DNS of endpoint vpce-[0-9a-f]{17} is off\.$/);
    assert.equal(shut.exitCode, 1);
    assert.match(
      lastLine(shut),
      /^Not proved: security group sg-[0-9a-f]{17} of the endpoint does not admit TCP 443\.$/,
    );
    for (const { output } of [proved, publicNames, shut]) assert.match(output, /✓ Nothing of this run is left\./);
  });

  it('refuses a command line that makes no sense', async () => {
    for (const parameters of [
      [],
      ['no-such-lab'],
      ['iface-ec2', '--break', 'nothing'],
      ['iface-ec2', '--what'],
      ['iface-ec2', 'x'],
    ]) {
      const { exitCode, output, complaints } = await lab(...parameters);
      assert.deepEqual([exitCode, output], [2, ''], parameters.join(' '));
      assert.notEqual(complaints, '');
    }
  });
});
