import assert from 'node:assert/strict';
import {
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DetachRolePolicyCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeSessionsCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { instanceId } from '../../../../src/core/ids';
import type { WireRequest } from '../../../../src/core/ports/wire';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess';
const hourMs = 3_600_000;

/** Clients that sign with the keys of an instance's role. */
function asInstance() {
  const test = startTestCloud();
  const region = [...test.cloud.world.regions].find(({ place }) => place.accountId === '444455556666');
  const [instance] = [...(region?.instances.values() ?? [])];
  assert.ok(region && instance);
  const keys = () => test.cloud.world.roleCredentials(region.place, instance.id);
  const clients = () => {
    const credentials = keys();
    assert.ok(credentials);
    return clientsOf(test.cloud, 1, { credentials });
  };
  return { test, region, instance, keys, clients };
}

describe('an instance that calls with its role', () => {
  it('is told who it is', async () => {
    const { clients, instance } = asInstance();
    const identity = await clients().sts.send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, `arn:aws:sts::444455556666:assumed-role/practice-instance/${instance.id}`);
    assert.match(identity.UserId ?? '', new RegExp(`^AROA[A-Z2-7]{17}:${instance.id}$`));
  });

  it('may read EC2 and nothing more', async () => {
    const { clients, instance } = asInstance();
    const { ec2, iam, ssm } = clients();
    await ec2.send(new DescribeInstancesCommand({}));
    const arn = `arn:aws:sts::444455556666:assumed-role/practice-instance/${instance.id}`;
    const stop = await refusalOf(ec2.send(new StopInstancesCommand({ InstanceIds: [instance.id] })));
    assert.deepEqual([stop.code, stop.status], ['UnauthorizedOperation', 403]);
    const resource = `arn:aws:ec2:ap-south-1:444455556666:instance/${instance.id}`;
    assert.equal(
      stop.message.replace(/[\w-]+$/, ''),
      `You are not authorized to perform this operation. User: ${arn} is not authorized to perform: ec2:StopInstances on resource: ${resource} because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: `,
    );
    const list = await refusalOf(iam.send(new ListRolesCommand({})));
    assert.deepEqual([list.code, list.status], ['AccessDenied', 403]);
    const sessions = await refusalOf(ssm.send(new DescribeSessionsCommand({ State: 'Active' })));
    assert.equal(sessions.code, 'AccessDeniedException');
  });

  it('loses the right with the policy, at once', async () => {
    const { test, clients } = asInstance();
    const own = clients();
    const change = { RoleName: 'practice-instance', PolicyArn: readOnly };
    await test.clients().iam.send(new DetachRolePolicyCommand(change));
    assert.equal(await codeOf(own.ec2.send(new DescribeInstancesCommand({}))), 'UnauthorizedOperation');
  });

  it('must show the token, and gets the same keys until they are renewed', async () => {
    const { test, clients, keys } = asInstance();
    const before = keys();
    assert.ok(before);
    assert.match(before.accessKeyId, /^ASIA/);
    assert.deepEqual(keys(), before);
    const { accessKeyId, secretAccessKey } = before;
    const bare = clientsOf(test.cloud, 1, { credentials: { accessKeyId, secretAccessKey } });
    assert.equal(await codeOf(bare.sts.send(new GetCallerIdentityCommand({}))), 'InvalidClientTokenId');
    await clients().sts.send(new GetCallerIdentityCommand({}));
    test.timeline.advanceTo(test.timeline.now() + 5.5 * hourMs);
    assert.notEqual(keys()?.accessKeyId, before.accessKeyId);
  });

  it('is refused once its keys have expired', async () => {
    const { test, clients } = asInstance();
    const own = clients();
    test.timeline.advanceTo(test.timeline.now() + 7 * hourMs);
    for (const client of [own.ec2, own.ssm, own.sts]) client.config.systemClockOffset = 7 * hourMs;
    assert.equal(await codeOf(own.ec2.send(new DescribeVpcsCommand({}))), 'RequestExpired');
    assert.equal(await codeOf(own.sts.send(new GetCallerIdentityCommand({}))), 'ExpiredToken');
    assert.equal(await codeOf(own.ssm.send(new DescribeSessionsCommand({ State: 'Active' }))), 'ExpiredTokenException');
  });
});

describe('the policy of an endpoint', () => {
  it('decides about calls that came through it, besides the role', async () => {
    const { test, region, clients } = asInstance();
    const { ec2 } = test.clients();
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ec2:DescribeVpcs', Resource: '*' }] };
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: Vpcs?.[0]?.VpcId,
        ServiceName: 'com.amazonaws.ap-south-1.ec2',
        VpcEndpointType: 'Interface',
        SubnetIds: [Subnets?.[0]?.SubnetId ?? ''],
        PolicyDocument: JSON.stringify(policy),
      }),
    );
    const [endpoint] = [...region.endpoints.values()];
    assert.ok(endpoint);
    const via = {
      service: 'ec2',
      region: 'ap-south-1',
      vpcId: endpoint.vpcId,
      endpointId: endpoint.id,
      sourceAddress: '',
    };
    const through = { ...test.cloud, handle: (request: WireRequest) => test.cloud.answer(request, via) };
    const credentials = test.cloud.world.roleCredentials(
      region.place,
      instanceId([...region.instances.keys()][0] ?? ''),
    );
    assert.ok(credentials && clients);
    const inside = clientsOf(through, 1, { credentials }).ec2;
    await inside.send(new DescribeVpcsCommand({}));
    const { code, message } = await refusalOf(inside.send(new DescribeInstancesCommand({})));
    assert.equal(code, 'UnauthorizedOperation');
    assert.match(message, /because no VPC endpoint policy allows the ec2:DescribeInstances action$/);
  });
});
