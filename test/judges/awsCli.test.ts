import assert from 'node:assert/strict';
import { AwsCli } from '../support/awsCli';
import { LoopbackCloud } from '../support/loopbackCloud';

interface Endpoint {
  readonly VpcEndpointId: string;
  readonly State: string;
  readonly NetworkInterfaceIds: readonly string[];
  readonly DnsEntries: readonly { readonly DnsName: string }[];
}

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Asks again every half second, for as long as a state of AWS may take at the fast pace. */
async function poll<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  for (let count = 0; ; count++) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    if (count > 60) throw new Error(`Still ${JSON.stringify(answer)}`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

describe('the AWS CLI against the practice cloud on loopback', function () {
  this.timeout(120_000);
  let cloud: LoopbackCloud;
  let consumer: AwsCli;

  before(async () => {
    cloud = await LoopbackCloud.start();
    consumer = new AwsCli(cloud, cloud.account('consumer'));
  });

  after(async () => {
    assert.equal(await cloud?.stop('SIGINT'), 0);
  });

  it('is told where the cloud is and which keys it takes, provider first', () => {
    const { endpoint, region, accounts } = cloud.announcement;
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(region, 'ap-south-1');
    assert.deepEqual(
      accounts.map(account => [account.name, Object.keys(account)]),
      ['provider', 'consumer'].map(name => [name, ['name', 'accountId', 'accessKeyId', 'secretAccessKey']]),
    );
  });

  it('learns who it is in either account', async () => {
    for (const name of ['provider', 'consumer']) {
      const account = cloud.account(name);
      const identity = await new AwsCli(cloud, account).ask<{ Account: string }>('sts', 'get-caller-identity');
      assert.equal(identity.Account, account.accountId);
    }
  });

  it('is refused with a wrong secret or an unknown key as AWS refuses', async () => {
    const { accessKeyId, secretAccessKey } = cloud.account('consumer');
    const wrongSecret = new AwsCli(cloud, { accessKeyId, secretAccessKey: 'wrong' });
    const unknownKey = new AwsCli(cloud, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey });
    assert.equal(await wrongSecret.refusal('sts', 'get-caller-identity'), 'SignatureDoesNotMatch');
    assert.equal(await wrongSecret.refusal('ec2', 'describe-vpcs'), 'AuthFailure');
    assert.equal(await wrongSecret.refusal('ssm', 'describe-instance-information'), 'InvalidSignatureException');
    assert.equal(await unknownKey.refusal('sts', 'get-caller-identity'), 'InvalidClientTokenId');
    assert.equal(await unknownKey.refusal('ec2', 'describe-vpcs'), 'AuthFailure');
    assert.equal(await unknownKey.refusal('iam', 'list-roles'), 'InvalidClientTokenId');
  });

  it('makes an interface endpoint, sees it become available, and deletes it', async () => {
    const { Vpcs } = await consumer.ask<{ Vpcs: { VpcId: string; CidrBlock: string }[] }>('ec2', 'describe-vpcs');
    assert.equal(Vpcs[0]?.CidrBlock, '172.31.0.0/16');
    const { Subnets } = await consumer.ask<{ Subnets: { SubnetId: string }[] }>('ec2', 'describe-subnets');
    const { VpcEndpoint } = await consumer.ask<{ VpcEndpoint: Endpoint }>(
      ...['ec2', 'create-vpc-endpoint', '--vpc-id', Vpcs[0]?.VpcId ?? ''],
      ...[
        '--service-name',
        'com.amazonaws.ap-south-1.ec2',
        '--vpc-endpoint-type',
        'Interface',
        '--private-dns-enabled',
      ],
      ...['--tag-specifications', 'ResourceType=vpc-endpoint,Tags=[{Key=Name,Value=from the CLI}]'],
      ...['--subnet-ids', ...Subnets.map(({ SubnetId }) => SubnetId)],
    );
    assert.equal(VpcEndpoint.State, 'pending');
    const id = VpcEndpoint.VpcEndpointId;
    const describe = () =>
      consumer.ask<{ VpcEndpoints: Endpoint[] }>(
        'ec2',
        'describe-vpc-endpoints',
        '--filters',
        `Name=vpc-endpoint-id,Values=${id}`,
      );
    const available = await poll(describe, ({ VpcEndpoints }) => VpcEndpoints[0]?.State === 'available');
    assert.equal(available.VpcEndpoints[0]?.NetworkInterfaceIds.length, 3);
    assert.equal(available.VpcEndpoints[0]?.DnsEntries.at(-1)?.DnsName, 'ec2.ap-south-1.amazonaws.com');
    const deleted = await consumer.ask<{ Unsuccessful: unknown[] }>(
      'ec2',
      'delete-vpc-endpoints',
      '--vpc-endpoint-ids',
      id,
    );
    assert.deepEqual(deleted.Unsuccessful, []);
    await poll(describe, ({ VpcEndpoints }) => VpcEndpoints.length === 0);
    assert.equal(
      await consumer.refusal('ec2', 'describe-vpc-endpoints', '--vpc-endpoint-ids', id),
      'InvalidVpcEndpointId.NotFound',
    );
  });

  it('makes a role with its profile and takes them away again, in the order that IAM asks for', async () => {
    const name = ['--role-name', 'from-the-cli'];
    const profile = ['--instance-profile-name', 'from-the-cli'];
    const policy = ['--policy-arn', 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess'];
    await consumer.ask('iam', 'create-role', ...name, '--assume-role-policy-document', trustPolicy);
    await consumer.ask('iam', 'attach-role-policy', ...name, ...policy);
    await consumer.ask('iam', 'create-instance-profile', ...profile);
    await consumer.ask('iam', 'add-role-to-instance-profile', ...profile, ...name);
    const role = await consumer.ask<{ Role: { AssumeRolePolicyDocument: unknown } }>('iam', 'get-role', ...name);
    assert.deepEqual(role.Role.AssumeRolePolicyDocument, JSON.parse(trustPolicy));
    assert.equal(await consumer.refusal('iam', 'delete-role', ...name), 'DeleteConflict');
    await consumer.ask('iam', 'remove-role-from-instance-profile', ...profile, ...name);
    await consumer.ask('iam', 'delete-instance-profile', ...profile);
    await consumer.ask('iam', 'detach-role-policy', ...name, ...policy);
    await consumer.ask('iam', 'delete-role', ...name);
    assert.equal(await consumer.refusal('iam', 'get-role', ...name), 'NoSuchEntity');
  });

  it('finds the ready instance online, and no session anywhere else', async () => {
    const { InstanceInformationList } = await consumer.ask<{
      InstanceInformationList: { InstanceId: string; PingStatus: string }[];
    }>('ssm', 'describe-instance-information');
    assert.deepEqual(
      InstanceInformationList.map(({ PingStatus }) => PingStatus),
      ['Online'],
    );
    const active = ['ssm', 'describe-sessions', '--state', 'Active'];
    assert.deepEqual(await consumer.ask(...active), { Sessions: [] });
    assert.equal(
      await consumer.refusal('ssm', 'start-session', '--target', 'i-0123456789abcdef0'),
      'TargetNotConnected',
    );
    const image = await consumer.ask<{ Parameter: { Value: string } }>(
      ...['ssm', 'get-parameter', '--name'],
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    );
    assert.match(image.Parameter.Value, /^ami-[0-9a-f]{17}$/);
  });

  it('is told by name what is not simulated', async () => {
    const { stderr, status } = await consumer.run('ec2', 'describe-snapshots');
    assert.notEqual(status, 0);
    assert.match(stderr, /\(UnsupportedOperation\).*ec2:DescribeSnapshots/);
  });
});
