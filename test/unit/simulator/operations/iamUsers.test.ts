import assert from 'node:assert/strict';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  ListAccessKeysCommand,
  ListUsersCommand,
  SimulateCustomPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const PolicyArn = 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess';
const UserName = 'student';

describe('a user of an account', () => {
  it('signs in with keys of its own and may what its policies say', async () => {
    const test = startTestCloud();
    const { iam } = test.clients();
    const { User } = await iam.send(
      new CreateUserCommand({ UserName, Path: '/labs/', Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    assert.equal(User?.Arn, 'arn:aws:iam::444455556666:user/labs/student');
    assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
    assert.equal(await codeOf(iam.send(new CreateUserCommand({ UserName }))), 'EntityAlreadyExists');
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
    assert.match(`${accessKeyId} ${secretAccessKey}`, /^AKIA[A-Z2-7]{16} [A-Za-z0-9+/]{40}$/);
    const own = clientsOf(test.cloud, 1, { credentials: { accessKeyId, secretAccessKey } });
    assert.deepEqual((await own.sts.send(new GetCallerIdentityCommand({}))).Arn, User?.Arn);
    assert.equal(await codeOf(own.ec2.send(new DescribeVpcsCommand({}))), 'UnauthorizedOperation');
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    assert.ok((await own.ec2.send(new DescribeVpcsCommand({}))).Vpcs?.length);
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }));
    assert.equal(await codeOf(own.ec2.send(new DescribeVpcsCommand({}))), 'AuthFailure');
  });

  it('has two keys at most, and goes when it has no keys and no policies any more', async () => {
    const { iam } = startTestCloud().clients();
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    const makeKey = () => iam.send(new CreateAccessKeyCommand({ UserName }));
    const ids = [(await makeKey()).AccessKey?.AccessKeyId, (await makeKey()).AccessKey?.AccessKeyId];
    assert.equal((await refusalOf(makeKey())).message, 'Cannot exceed quota for AccessKeysPerUser: 2');
    const listed = await iam.send(new ListAccessKeysCommand({ UserName }));
    assert.deepEqual(
      listed.AccessKeyMetadata?.map(key => key.AccessKeyId),
      ids,
    );
    const remove = () => iam.send(new DeleteUserCommand({ UserName }));
    assert.equal((await refusalOf(remove())).message, 'Cannot delete entity, must delete access keys first.');
    for (const AccessKeyId of ids) await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    assert.equal((await refusalOf(remove())).message, 'Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    await remove();
    assert.equal(await codeOf(remove()), 'NoSuchEntity');
    const { Users } = await iam.send(new ListUsersCommand({}));
    assert.deepEqual(
      Users?.map(user => user.UserName),
      ['consumer'],
    );
  });

  it('is the account’s own, whose first key the practice cloud keeps', async () => {
    const test = startTestCloud();
    const { iam } = test.clients();
    const AccessKeyId = test.cloud.accounts[1]?.accessKeyId;
    const listed = await iam.send(new ListAccessKeysCommand({}));
    assert.deepEqual(
      listed.AccessKeyMetadata?.map(key => key.AccessKeyId),
      [AccessKeyId],
    );
    assert.equal(await codeOf(iam.send(new DeleteAccessKeyCommand({ AccessKeyId }))), 'UnsupportedOperation');
    const unknown = new DeleteAccessKeyCommand({ AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA' });
    assert.equal(await codeOf(iam.send(unknown)), 'NoSuchEntity');
  });
});

describe('SimulateCustomPolicy', () => {
  it('says what policies that are only given would decide', async () => {
    const { iam } = startTestCloud().clients();
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }] };
    const simulate = (text: string) =>
      iam.send(
        new SimulateCustomPolicyCommand({ PolicyInputList: [text], ActionNames: ['s3:ListBucket', 's3:GetObject'] }),
      );
    const { EvaluationResults } = await simulate(JSON.stringify(policy));
    assert.deepEqual(
      EvaluationResults?.map(result => result.EvalDecision),
      ['allowed', 'implicitDeny'],
    );
    assert.equal(await codeOf(simulate('no policy')), 'InvalidInput');
  });
});
