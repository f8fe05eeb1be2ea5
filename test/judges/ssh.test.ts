import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshGuest } from '../../src/simulator/world/guestState';
import { GuestBench } from '../support/guestConsole';
import { runTool } from '../support/runTool';
import { SshBridge } from '../support/sshBridge';

/** Runs a program beside the simulation; both streams in one text, with the exit code at its end. */
function run(command: string, parameters: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', bytes => (text += String(bytes)));
    child.on('error', reject);
    child.on('close', code => resolve(`${text}[${code}]`));
    child.stdin.end(input);
  });
}

describe('OpenSSH', function () {
  this.timeout(60_000);

  for (const kind of ['ed25519', 'rsa'] as const) {
    describe(`with an ${kind} key`, () => {
      const directory = mkdtempSync(join(tmpdir(), 'practice-ssh-'));
      const keyFile = join(directory, 'key');
      let bridge: SshBridge;
      const options = () =>
        `-F none -i ${keyFile} -p ${bridge.port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`.split(
          ' ',
        );
      const ssh = (parameters: readonly string[], input?: string) => run('ssh', [...options(), ...parameters], input);

      before(async () => {
        runTool('ssh-keygen', ['-t', kind, '-N', '', '-q', '-f', keyFile]);
        const launchData = { userData: undefined, publicKey: readFileSync(`${keyFile}.pub`, 'utf8') };
        const bench = new GuestBench(undefined, freshGuest, launchData);
        await bench.pause(1_000);
        bridge = await SshBridge.open(bench, 22);
      });

      after(() => {
        bridge.close();
        rmSync(directory, { recursive: true });
      });

      it('runs a command with its input, both outputs and its exit code', async () => {
        const text = await ssh(['ec2-user@127.0.0.1', 'whoami; cat; exit 5'], 'hello\n');
        assert.equal(text, 'ec2-user\nhello\n[5]');
      });

      it('opens a shell on a terminal', async () => {
        const text = await ssh(['-tt', 'ec2-user@127.0.0.1'], 'echo $((6*7))\nexit 4\n');
        assert.match(text, /Amazon Linux 2023[\s\S]*\r\n42\r\n[\s\S]*exit\r\n\[4\]$/);
      });

      it('is refused for another user', async () => {
        assert.match(
          await ssh(['nobody@127.0.0.1', 'id']),
          /Permission denied \(publickey,gssapi-keyex,gssapi-with-mic\)\.\s+\[255\]$/,
        );
      });

      it('lends its agent, and carries more than a window holds', async () => {
        const script = `eval $(ssh-agent) >/dev/null; ssh-add -q ${keyFile}; ssh ${options().join(' ')} -A ec2-user@127.0.0.1 'ssh-add -l | wc -l; head -c 2500000 /dev/zero' | tr '\\0' z | wc -c; kill $SSH_AGENT_PID`;
        assert.equal(await run('bash', ['-c', script]), '2500002\n[0]');
      });
    });
  }
});
