import assert from 'node:assert/strict';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type InstanceId, instanceId, type VpcEndpointId, vpcId } from '../../../../../src/core/ids';
import type { ServiceCall } from '../../../../../src/simulator/network/services/serviceNodes';
import { sdkHandler, startTestCloud, type TestCloud } from '../../../../support/practice';
import { readyBucket } from '../../../../support/practiceBucket';
import { refusalOf } from '../../../../support/refusal';

const s3ReadOnly = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';

/** The consumer's client, one with the role of the consumer's instance, and the provider's; `reach` makes them come through an endpoint. */
async function callers() {
  const test = startTestCloud();
  const { s3, ec2, iam } = test.clients();
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  const id = instanceId(Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '');
  const Bucket = await readyBucket(s3, 'ap-south-1');
  const letRead = () => iam.send(new AttachRolePolicyCommand({ RoleName: 'practice-instance', PolicyArn: s3ReadOnly }));
  return { test, s3, Bucket, id, letRead, role: asRole(test, id), provider: test.clients(0).s3 };
}

function asRole({ cloud }: TestCloud, id: InstanceId, via?: ServiceCall): S3Client {
  const place = [...cloud.world.regions].find(({ instances }) => instances.has(id))?.place;
  const credentials = place && cloud.world.roleCredentials(place, id);
  assert.ok(credentials);
  const handle = via ? (request: Parameters<typeof cloud.answer>[0]) => cloud.answer(request, via) : cloud.handle;
  return new S3Client({ region: 'ap-south-1', credentials, requestHandler: sdkHandler(handle), maxAttempts: 1 });
}

function policyOf(Bucket: string, ...statements: readonly object[]): PutBucketPolicyCommand {
  const Statement = statements.map(statement => ({
    ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ...statement,
  }));
  return new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
}

const throughEndpoint = (id: string): ServiceCall => ({
  ...{ service: 's3', region: 'ap-south-1', vpcId: vpcId('vpc-0123456789abcdef0'), sourceAddress: '10.0.0.5' },
  endpointId: id as VpcEndpointId,
});

/** Source: "How Amazon S3 authorizes a request" and "Troubleshoot access denied (403 Forbidden) errors in Amazon S3". */
describe('permissions of S3', () => {
  it('are those of the role for an instance, and the refusal says what is missing', async () => {
    const { role, Bucket, id, letRead } = await callers();
    const get = () => role.send(new GetObjectCommand({ Bucket, Key: 'readme.txt' }));
    const { code, status, message } = await refusalOf(get());
    assert.deepEqual([code, status], ['AccessDenied', 403]);
    assert.equal(
      message,
      `User: arn:aws:sts::444455556666:assumed-role/practice-instance/${id} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${Bucket}/readme.txt" because no identity-based policy allows the s3:GetObject action`,
    );
    assert.equal((await refusalOf(role.send(new ListBucketsCommand({})))).message, 'Access Denied');
    const head = await refusalOf(role.send(new HeadObjectCommand({ Bucket, Key: 'readme.txt' })));
    assert.equal(head.status, 403);
    await letRead();
    await get();
    await role.send(new ListBucketsCommand({}));
    const put = await refusalOf(role.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' })));
    assert.equal(put.code, 'AccessDenied');
  });

  it('hide from who may not list a bucket whether an object is there', async () => {
    const { s3, role, Bucket, id } = await callers();
    const session = `arn:aws:sts::444455556666:assumed-role/practice-instance/${id}`;
    await s3.send(policyOf(Bucket, { Principal: { AWS: session } }));
    await role.send(new GetObjectCommand({ Bucket, Key: 'readme.txt' }));
    const missing = await refusalOf(role.send(new GetObjectCommand({ Bucket, Key: 'none' })));
    assert.deepEqual([missing.code, missing.message], ['AccessDenied', 'Access Denied']);
  });

  it('of another account come from both policies', async () => {
    const { s3, provider, Bucket } = await callers();
    const get = () => provider.send(new GetObjectCommand({ Bucket, Key: 'readme.txt' }));
    const { code, message } = await refusalOf(get());
    assert.deepEqual([code, message], ['AccessDenied', 'Access Denied']);
    await s3.send(policyOf(Bucket, { Principal: { AWS: '111122223333' } }));
    await get();
    const list = await refusalOf(provider.send(new ListObjectsV2Command({ Bucket })));
    assert.equal(list.code, 'AccessDenied');
  });

  it('end where the bucket wants a certain endpoint', async () => {
    const { s3, test, id, Bucket, letRead } = await callers();
    await letRead();
    const condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0right' } };
    const role = 'arn:aws:iam::444455556666:role/practice-instance';
    const denial = { Effect: 'Deny', Principal: { AWS: role }, Action: 's3:*', Condition: condition };
    await s3.send(policyOf(Bucket, denial));
    const get = (via?: ServiceCall) => asRole(test, id, via).send(new GetObjectCommand({ Bucket, Key: 'readme.txt' }));
    assert.match((await refusalOf(get())).message, /with an explicit deny in a resource-based policy$/);
    assert.equal((await refusalOf(get(throughEndpoint('vpce-0wrong')))).code, 'AccessDenied');
    await get(throughEndpoint('vpce-0right'));
  });

  it('end where the policy of the endpoint ends', async () => {
    const { test, id, Bucket, letRead } = await callers();
    await letRead();
    const region = [...test.cloud.world.regions].find(({ instances }) => instances.has(id));
    const endpointId = 'vpce-0123456789abcdef0' as VpcEndpointId;
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    region?.endpoints.set(endpointId, { id: endpointId, policyDocument } as never);
    const client = asRole(test, id, throughEndpoint(endpointId));
    await client.send(new GetObjectCommand({ Bucket, Key: 'readme.txt' }));
    const { message } = await refusalOf(client.send(new ListObjectsV2Command({ Bucket })));
    assert.match(message, /because no VPC endpoint policy allows the s3:ListBucket action$/);
    assert.equal((await refusalOf(client.send(new ListBucketsCommand({})))).code, 'AccessDenied');
  });
});

describe('policies of buckets', () => {
  it('are kept as they were written, told and taken away', async () => {
    const { s3, Bucket } = await callers();
    const get = () => s3.send(new GetBucketPolicyCommand({ Bucket }));
    assert.equal((await refusalOf(get())).code, 'NoSuchBucketPolicy');
    const command = policyOf(Bucket, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
    await s3.send(command);
    assert.equal((await get()).Policy, command.input.Policy);
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    assert.equal(PolicyStatus?.IsPublic, false);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    assert.equal((await refusalOf(get())).code, 'NoSuchBucketPolicy');
  });

  it('are refused when they are none, or of something else', async () => {
    const { s3, Bucket } = await callers();
    const refusal = async (...statements: object[]) => {
      const { code, message } = await refusalOf(s3.send(policyOf(Bucket, ...statements)));
      assert.equal(code, 'MalformedPolicy');
      return message;
    };
    assert.equal(await refusal({ Principal: undefined }), 'Missing required field Principal');
    assert.equal(await refusal({ Resource: 'arn:aws:s3:::other/*' }), 'Policy has invalid resource');
    assert.equal(await refusal({ Action: 'ec2:RunInstances' }), 'Policy has invalid action');
    assert.equal(await refusal({ Principal: { AWS: '999988887777' } }), 'Invalid principal in policy');
    const text = s3.send(new PutBucketPolicyCommand({ Bucket, Policy: 'nothing' }));
    assert.equal((await refusalOf(text)).code, 'MalformedPolicy');
  });

  it('for everybody are kept out while public access is blocked, but not those for an endpoint', async () => {
    const { s3, Bucket } = await callers();
    const { code, message } = await refusalOf(s3.send(policyOf(Bucket, {})));
    assert.equal(code, 'AccessDenied');
    assert.match(message, /because public policies are prevented by the BlockPublicPolicy setting/);
    await s3.send(policyOf(Bucket, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }));
  });
});
