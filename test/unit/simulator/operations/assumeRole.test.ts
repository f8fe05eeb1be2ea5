import assert from 'node:assert/strict';
import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const RoleName = 'guest';
const PolicyArn = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
const RoleArn = `arn:aws:iam::111122223333:role/${RoleName}`;

/** A role of the first account that trusts as the statement says; `assume` calls as the user of the second. */
async function withRole(statement: object) {
  const test = startTestCloud('default-vpc');
  const { iam } = test.clients(0);
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const assume = async (more: Partial<AssumeRoleCommandInput> = {}, account = 1) => {
    const { sts } = test.clients(account);
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'visit', ...more }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { answer, clients: clientsOf(test.cloud, 0, { credentials }) };
  };
  return { test, iam, assume };
}

const consumers = { Principal: { AWS: 'arn:aws:iam::444455556666:root' } };

describe('AssumeRole', () => {
  it('gives keys of a role of another account to whom it trusts', async () => {
    const { assume } = await withRole(consumers);
    const { answer, clients } = await assume();
    assert.match(answer.Credentials?.AccessKeyId ?? '', /^ASIA[A-Z2-7]{16}$/);
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, `arn:aws:sts::111122223333:assumed-role/${RoleName}/visit`);
    assert.equal(identity.UserId, answer.AssumedRoleUser?.AssumedRoleId);
    await clients.ec2.send(new DescribeVpcsCommand({}));
  });

  it('refuses everybody else, and roles that there are not, in the same words', async () => {
    const { assume } = await withRole({ Principal: { Service: 'ec2.amazonaws.com' } });
    const { code, status, message } = await refusalOf(assume());
    assert.deepEqual([code, status], ['AccessDenied', 403]);
    const who = 'arn:aws:iam::444455556666:user/consumer';
    assert.equal(message, `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`);
    const missing = 'arn:aws:iam::111122223333:role/nobody';
    assert.match((await refusalOf(assume({ RoleArn: missing }))).message, /on resource: .*role\/nobody$/);
  });

  it('asks for the external id that the trust policy wants', async () => {
    const { assume } = await withRole({ ...consumers, Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } });
    assert.equal(await codeOf(assume()), 'AccessDenied');
    await assume({ ExternalId: 'secret' });
  });

  it('gives no more than the session policy, the role, and its time allow', async () => {
    const { test, iam, assume } = await withRole(consumers);
    const statement = { Effect: 'Allow', Action: ['ec2:DescribeVpcs', 'iam:*'], Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const { clients } = await assume({ Policy, DurationSeconds: 900 });
    await clients.ec2.send(new DescribeVpcsCommand({}));
    const make = () => codeOf(clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' })));
    assert.equal(await make(), 'UnauthorizedOperation');
    assert.equal(await codeOf(clients.iam.send(new DeleteRoleCommand({ RoleName }))), 'AccessDenied');
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    assert.equal(await codeOf(clients.ec2.send(new DescribeVpcsCommand({}))), 'UnauthorizedOperation');
    test.timeline.advanceTo(test.timeline.now() + 901_000);
    clients.sts.config.systemClockOffset = 901_000;
    assert.equal(await codeOf(clients.sts.send(new GetCallerIdentityCommand({}))), 'ExpiredToken');
  });

  it('refuses names and durations that are not valid', async () => {
    const { assume } = await withRole(consumers);
    for (const wrong of [{ RoleSessionName: 'a b' }, { DurationSeconds: 60 }, { DurationSeconds: 7200 }])
      assert.equal(await codeOf(assume(wrong)), 'ValidationError');
  });
});

describe('GetSessionToken', () => {
  it('gives a user temporary keys that say the same of it', async () => {
    const test = startTestCloud('default-vpc');
    const { Credentials } = await test.clients().sts.send(new GetSessionTokenCommand({}));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const { sts } = clientsOf(test.cloud, 1, { credentials });
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, 'arn:aws:iam::444455556666:user/consumer');
  });
});
