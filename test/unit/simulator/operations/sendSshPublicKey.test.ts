import assert from 'node:assert/strict';
import { StopInstancesCommand } from '@aws-sdk/client-ec2';
import { SendSerialConsoleSSHPublicKeyCommand, SendSSHPublicKeyCommand } from '@aws-sdk/client-ec2-instance-connect';
import { DetachUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { silentLog } from '../../../../src/base/log';
import { createPracticeCloud, resumePracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { Timeline } from '../../../../src/simulator/timeline';
import { validPushedKeys } from '../../../../src/simulator/world/pushedKeys';
import { CloudGuest } from '../../../support/cloudGuest';
import { clientsOf } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const keyLine = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2Zl2Q3d2rZQYV0W9pB2Qf3o2mJt0n9Q0l5m3w6d7eE somebody@laptop';
const logIn = 'ssh -q -o StrictHostKeyChecking=no ec2-user@localhost whoami';

/** An instance, and what pushes keys to it. */
async function withInstance() {
  const guest = new CloudGuest();
  await guest.pause(1_000);
  const { instanceConnect, ec2, iam } = guest.test.clients(0);
  const push = (change: Partial<SendSSHPublicKeyCommand['input']> = {}) =>
    instanceConnect.send(
      new SendSSHPublicKeyCommand({
        InstanceId: guest.instanceId,
        InstanceOSUser: 'ec2-user',
        SSHPublicKey: keyLine,
        ...change,
      }),
    );
  return { guest, push, ec2, iam, instanceConnect };
}

describe('SendSSHPublicKey', () => {
  it('lets a key open a user’s door for a minute ("SendSSHPublicKey")', async () => {
    const { guest, push } = await withInstance();
    const { text: own } = await guest.run(
      'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub',
    );
    assert.match((await guest.run(logIn)).text, /Permission denied/);
    const answer = await push({ SSHPublicKey: own });
    assert.equal(answer.Success, true);
    assert.match(answer.RequestId ?? '', /^[0-9a-f-]{36}$/);
    assert.equal((await guest.run(logIn)).text, 'ec2-user\n');
    assert.match((await guest.run(logIn.replace('ec2-user', 'root'))).text, /Permission denied/);
    assert.match((await guest.run(`sleep 61; ${logIn}`)).text, /Permission denied/);
  });

  it('does nothing for an instance without the package that asks for keys (labs.md 5.5)', async () => {
    const { guest, push } = await withInstance();
    const { text: own } = await guest.run(
      'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519; sudo dnf -q -y remove ec2-instance-connect >/dev/null; cat ~/.ssh/id_ed25519.pub',
    );
    assert.equal((await push({ SSHPublicKey: own })).Success, true);
    assert.match((await guest.run(logIn)).text, /Permission denied/);
  });

  it('refuses what is no instance, no user and no key', async () => {
    const { push } = await withInstance();
    const { code, message, status } = await refusalOf(push({ InstanceId: 'mi-048afb7f6460a110d' }));
    assert.equal(status, 400);
    assert.equal(
      `${code}: ${message}`,
      "InvalidArgsException: 1 validation error detected: Value 'mi-048afb7f6460a110d' at 'instanceId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^i-[a-f0-9]+$",
    );
    assert.equal(await codeOf(push({ InstanceOSUser: 'two words' })), 'InvalidArgsException');
    const broken = await refusalOf(push({ SSHPublicKey: `ssh-rsa ${'A'.repeat(80)}` }));
    assert.match(broken.message, /: RSA - SSH Public key is invalid$/);
    assert.equal(await codeOf(push({ SSHPublicKey: 'ssh-ed25519 AAAA' })), 'InvalidArgsException');
    assert.equal(await codeOf(push({ InstanceId: 'i-0123456789abcdef0' })), 'EC2InstanceNotFoundException');
    assert.equal(await codeOf(push({ AvailabilityZone: 'eu-west-1a' })), 'EC2InstanceNotFoundException');
  });

  it('refuses an instance that does not run, and the serial console by name', async () => {
    const { guest, push, ec2, instanceConnect } = await withInstance();
    await ec2.send(new StopInstancesCommand({ InstanceIds: [guest.instanceId] }));
    assert.equal(await codeOf(push()), 'EC2InstanceStateInvalidException');
    const serial = { InstanceId: guest.instanceId, SSHPublicKey: keyLine };
    const { code, message } = await refusalOf(instanceConnect.send(new SendSerialConsoleSSHPublicKeyCommand(serial)));
    assert.equal(code, 'UnsupportedOperationException');
    assert.match(message, /^The practice cloud does not simulate /);
  });

  it('asks for a right on the instance, for one user of it (ec2:osuser)', async () => {
    const { guest, push, iam } = await withInstance();
    const statement = {
      Effect: 'Allow',
      Action: 'ec2-instance-connect:SendSSHPublicKey',
      Resource: 'arn:aws:ec2:*:*:instance/*',
      Condition: { StringEquals: { 'ec2:osuser': 'ec2-user' } },
    };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.send(new PutUserPolicyCommand({ UserName: 'provider', PolicyName: 'keys', PolicyDocument }));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new DetachUserPolicyCommand({ UserName: 'provider', PolicyArn }));
    assert.equal((await push()).Success, true);
    const { code, message } = await refusalOf(push({ InstanceOSUser: 'root' }));
    assert.equal(code, 'AccessDeniedException');
    const { accountId, region } = guest.place;
    assert.equal(
      message,
      `User: arn:aws:iam::${accountId}:user/provider is not authorized to perform: ec2-instance-connect:SendSSHPublicKey on resource: arn:aws:ec2:${region}:${accountId}:instance/${guest.instanceId} because no identity-based policy allows the ec2-instance-connect:SendSSHPublicKey action`,
    );
  });

  it('is remembered by a world that is saved and taken up within the minute', async () => {
    const options = {
      seed: 'keys',
      pace: 1,
      world: 'default',
      digests: nodeDigests,
      streamHost: () => 'wss://practice',
      log: silentLog,
    } as const;
    const timeline = new Timeline(Date.now());
    const cloud = createPracticeCloud({ ...options, timeline });
    const [region] = [...cloud.world.regions].filter(({ instances }) => instances.size > 0);
    const [instance] = [...(region?.instances.values() ?? [])];
    assert.ok(region && instance);
    const push = { InstanceId: instance.id, InstanceOSUser: 'ec2-user', SSHPublicKey: keyLine };
    await clientsOf(cloud, 0).instanceConnect.send(new SendSSHPublicKeyCommand(push));
    const saved = cloud.save('rules');
    const resumed = await resumePracticeCloud(
      { ...options, timeline: new Timeline(timeline.now()) },
      { saved, journal: [] },
    );
    const again = resumed.world.region(region.place);
    assert.deepEqual(validPushedKeys(again, instance.id, 'ec2-user', timeline.now() + 59_000), [keyLine]);
    assert.deepEqual(validPushedKeys(again, instance.id, 'ec2-user', timeline.now() + 60_000), []);
    for (const each of [cloud, resumed]) each.dispose();
  });
});
