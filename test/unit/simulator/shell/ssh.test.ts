import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Chance } from '../../../../src/simulator/chance';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import {
  makeEd25519,
  parsePublicKeyLine,
  publicKeyLine,
  readPrivateKey,
  verifySignature,
} from '../../../../src/simulator/shell/ssh/sshKeys';
import { mpint, SshReader, text } from '../../../../src/simulator/shell/ssh/sshWire';
import { CloudGuest } from '../../../support/cloudGuest';
import { GuestBench } from '../../../support/guestConsole';

/** An instance whose ssm-user may log in as ec2-user. */
async function withKey(): Promise<CloudGuest> {
  const guest = new CloudGuest();
  await guest.pause(1_000);
  await guest.run(
    'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519; sudo mkdir -p /home/ec2-user/.ssh; sudo cp ~/.ssh/id_ed25519.pub /home/ec2-user/.ssh/authorized_keys; ssh -q -o StrictHostKeyChecking=no ec2-user@localhost true',
  );
  return guest;
}

describe('ssh', () => {
  it('runs a command elsewhere with its streams and exit code', async () => {
    const guest = await withKey();
    const { text: shown, status } = await guest.run(
      'echo in | ssh ec2-user@localhost "whoami; cat; echo err >&2; exit 7"',
    );
    assert.deepEqual([shown, status], ['ec2-user\nin\nerr\n', 7]);
  });

  it('asks about a new host, opens a shell, follows the window’s size and passes Ctrl-C on', async () => {
    const guest = await withKey();
    const terminal = guest.open('rm ~/.ssh/known_hosts; ssh ec2-user@localhost');
    terminal.terminal.resize(80, 10);
    await terminal.shows(
      "The authenticity of host 'localhost (127.0.0.1)' can't be established.\r\nED25519 key fingerprint is SHA256:",
    );
    await terminal.shows('(yes/no/[fingerprint])? ');
    terminal.type('yes\r');
    await terminal.shows("Warning: Permanently added 'localhost' (ED25519) to the list of known hosts.");
    await terminal.shows(']$ ');
    terminal.type('stty size; sleep 100\r');
    await terminal.shows('10 80\r\n');
    await guest.pause(1_000);
    terminal.type('\x03');
    await terminal.shows('^C\r\n');
    terminal.terminal.resize(100, 20);
    await guest.pause(1_000);
    terminal.type('stty size; exit 3\r');
    await terminal.shows('20 100\r\n');
    assert.equal(await terminal.end(), 3);
    assert.match(terminal.text, /Connection to localhost closed\.\r+\n$/);
  });

  it('goes through a jump host, with the key only in the agent', async () => {
    const guest = await withKey();
    const { text: shown } = await guest.run(
      'eval $(ssh-agent) >/dev/null; ssh-add -q ~/.ssh/id_ed25519 2>/dev/null; mv ~/.ssh/id_ed25519 /tmp/key; o="-q -o StrictHostKeyChecking=no"; ssh $o -J ec2-user@localhost ec2-user@$(hostname -i) whoami; ssh $o -A ec2-user@localhost "ssh $o ec2-user@$(hostname -i) hostname -s"; ssh $o ec2-user@localhost "ssh -o BatchMode=yes ec2-user@$(hostname -i) true" 2>&1 | tail -1',
    );
    const name = `ip-${guest.address.replaceAll('.', '-')}`;
    assert.equal(
      shown,
      `ec2-user\n${name}\nec2-user@${guest.address}: Permission denied (publickey,gssapi-keyex,gssapi-with-mic).\r\n`,
    );
  });

  it('asks nobody in batch mode', async () => {
    const guest = await withKey();
    const { text: shown, status } = await guest.run(
      'rm ~/.ssh/known_hosts; ssh -o BatchMode=yes ec2-user@localhost true',
    );
    assert.deepEqual([shown, status], ['Host key verification failed.\r\n', 255]);
  });

  it('is not let in by a key file that others may read, and by none at all', async () => {
    const guest = await withKey();
    const { text: shown, status } = await guest.run(
      'mv ~/.ssh/id_ed25519 ~/k.pem; chmod 644 ~/k.pem; cd; ssh -i k.pem ec2-user@localhost; ssh -i none.pem ec2-user@localhost',
    );
    assert.equal(status, 255);
    assert.match(
      shown,
      /^@{59}\n@ {9}WARNING: UNPROTECTED PRIVATE KEY FILE! {10}@\n@{59}\nPermissions 0644 for 'k\.pem' are too open\.\n/,
    );
    assert.match(
      shown,
      /Load key "k\.pem": bad permissions\nec2-user@localhost: Permission denied \(publickey,gssapi-keyex,gssapi-with-mic\)\.\s+Warning: Identity file none\.pem not accessible: No such file or directory\.\n/,
    );
  });

  const failures: readonly (readonly [string, string])[] = [
    ['ssh 172.31.36.107', 'ssh: connect to host 172.31.36.107 port 22: Connection refused\r\n255\n'],
    ['ssh -o ConnectTimeout=3 172.31.9.9', 'ssh: connect to host 172.31.9.9 port 22: Connection timed out\r\n255\n'],
    ['ssh nix.example', 'ssh: Could not resolve hostname nix.example: Temporary failure in name resolution\r\n255\n'],
    ['ssh -L 80:x:80 h', 'The practice cloud does not simulate ssh -L.\n255\n'],
  ];
  for (const [command, wanted] of failures)
    it(`prints for ${command}`, async () => {
      const bench = new GuestBench();
      bench.network.tcp.set('172.31.36.107:22', 'refused');
      assert.equal((await bench.run(`${command}; echo $?`, 1_000_000)).text, wanted);
    });

  const endings: readonly (readonly [what: string, answer: string, wanted: string])[] = [
    [
      'before the other end has named its version',
      '',
      'kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 172.31.9.9 port 2222\r\n',
    ],
    ['after it has', 'SSH-2.0-OpenSSH_8.7\r\n', 'Connection closed by 172.31.9.9 port 2222\r\n'],
  ];
  for (const [what, answer, wanted] of endings)
    it(`says who closed the connection ${what}`, async () => {
      const bench = new GuestBench();
      bench.network.tcp.set('172.31.9.9:2222', (_, connection) => {
        connection.reply(new TextEncoder().encode(answer));
        connection.finish();
      });
      assert.deepEqual(await bench.run('ssh -p 2222 172.31.9.9'), { text: wanted, status: 255 });
    });
});

describe('SSH keys', () => {
  it('survive their file forms, and what they sign is theirs', async () => {
    const { privatePem, publicKey } = makeEd25519(nodeDigests, new Chance('key'), 'me@here');
    const identity = readPrivateKey(nodeDigests, privatePem, 'file');
    assert.deepEqual([identity?.publicKey, identity?.comment], [publicKey, 'me@here']);
    assert.deepEqual(parsePublicKeyLine(publicKeyLine(publicKey, 'me'))?.key, publicKey);
    const data = text('data');
    const signature = await identity?.sign('ssh-ed25519', data);
    assert.ok(signature && verifySignature(nodeDigests, publicKey, signature, data));
    assert.ok(!verifySignature(nodeDigests, publicKey, signature, text('other')));
    assert.ok(!verifySignature(nodeDigests, publicKey, data, data));
  });

  it('are not found in what is none', () => {
    fc.assert(fc.property(fc.string(), pem => readPrivateKey(nodeDigests, pem, '') === undefined));
  });
});

describe('SSH’s numbers', () => {
  it('have no leading zeros, and never look negative (RFC 4251 §5)', () => {
    assert.deepEqual(mpint(Uint8Array.of(0, 0)), Uint8Array.of(0, 0, 0, 0));
    assert.deepEqual(mpint(Uint8Array.of(0, 0x7f)), Uint8Array.of(0, 0, 0, 1, 0x7f));
    assert.deepEqual(mpint(Uint8Array.of(0x80)), Uint8Array.of(0, 0, 0, 2, 0, 0x80));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), bytes => {
        const read = new SshReader(mpint(bytes)).bytesField();
        return read.length === 0 || ((read[0] as number) & 0x80) === 0;
      }),
    );
  });
});
