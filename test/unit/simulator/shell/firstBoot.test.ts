import assert from 'node:assert/strict';
import {
  CreateKeyPairCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { readUserData } from '../../../../src/simulator/shell/cloudInit/userDataScript';
import { freshGuest } from '../../../../src/simulator/world/guestState';
import { CloudGuest } from '../../../support/cloudGuest';
import { GuestBench } from '../../../support/guestConsole';
import { startTestCloud } from '../../../support/practice';

const launched = (userData: string, state = freshGuest) =>
  new GuestBench(undefined, state, { userData, publicKey: 'ssh-ed25519 AAAAC3Nz mine' });

describe('the first boot', () => {
  it('runs the user data’s script as root, once, and keeps its output', async () => {
    const first = launched('#!/bin/bash\nwhoami\necho made >/etc/made\necho lost >&2\n');
    const { text } = await first.run(
      'cloud-init status --wait; cat /etc/made; sudo cat /var/log/cloud-init-output.log; sleep 2',
    );
    assert.match(
      text,
      /^\.+\nstatus: done\nmade\nCloud-init v\. 22\.2\.2 running 'modules:final' at Sat, 21 Nov 2026 12:00:09 \+0000\. Up 11\.00 seconds\.\nroot\nlost\nCloud-init v\. 22\.2\.2 finished at /,
    );
    const second = launched('#!/bin/bash\necho again >>/etc/made\n', first.state);
    assert.equal((await second.run('sleep 30; cat /etc/made; cloud-init status')).text, 'made\nstatus: done\n');
  });

  it('lets the key pair’s owner in as ec2-user', async () => {
    const { text } = await launched('').run(
      'sleep 1; sudo cat /home/ec2-user/.ssh/authorized_keys; sudo stat -c %a /home/ec2-user/.ssh/authorized_keys',
    );
    assert.equal(text, 'ssh-ed25519 AAAAC3Nz mine\n600\n');
  });

  it('says that a script failed', async () => {
    const { text } = await launched('#!/bin/sh\nexit 3\n').run(
      'sleep 15; grep -c "Failed to run module scripts-user" /var/log/cloud-init-output.log',
    );
    assert.equal(text, '1\n');
  });
});

describe('user data', () => {
  it('may be a cloud-config with packages and commands', () => {
    const text =
      '#cloud-config\npackages:\n  - nmap\n  - tmux\nruncmd:\n  - systemctl enable --now nginx\n  - [ touch, /etc/x ]\n';
    assert.deepEqual(readUserData(text), {
      script: "#!/bin/sh\ndnf -y install nmap tmux\nsystemctl enable --now nginx\n'touch' '/etc/x'\n",
      complaint: undefined,
    });
  });

  it('that is neither script nor cloud-config is named in the log', () => {
    assert.match(readUserData('hello').complaint ?? '', /Unhandled non-multipart/);
    assert.match(readUserData('#cloud-config\nwrite_files:\n').complaint ?? '', /does not know: write_files/);
  });
});

describe('an instance', () => {
  it('is launched with its key pair and user data, and does not run these again after a stop', async () => {
    const test = startTestCloud();
    const { ec2 } = test.clients(0);
    await ec2.send(new CreateKeyPairCommand({ KeyName: 'mine', KeyType: 'ed25519' }));
    const script = '#!/bin/sh\nhostname >>/etc/launched\n';
    const launch = new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      KeyName: 'mine',
      UserData: Buffer.from(script).toString('base64'),
    });
    const { Instances = [] } = await ec2.send(launch);
    const guest = new CloudGuest(test, 1);
    assert.equal(guest.instanceId, Instances[0]?.InstanceId);
    await guest.pause(300_000);
    const shown = await guest.runAsRoot('cut -d" " -f1,3 /home/ec2-user/.ssh/authorized_keys; wc -l </etc/launched');
    assert.equal(shown, 'ssh-ed25519 mine\n1\n');
    await ec2.send(new StopInstancesCommand({ InstanceIds: [guest.instanceId] }));
    await guest.pause(120_000);
    await ec2.send(new StartInstancesCommand({ InstanceIds: [guest.instanceId] }));
    await guest.pause(300_000);
    assert.equal(await guest.runAsRoot('wc -l </etc/launched; systemctl is-active sshd'), '1\nactive\n');
  });
});
