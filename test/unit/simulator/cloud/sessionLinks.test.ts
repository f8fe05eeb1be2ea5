import assert from 'node:assert/strict';
import {
  AuthorizeSecurityGroupEgressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { StartSessionCommand } from '@aws-sdk/client-ssm';
import { OfficialClient } from '../../../support/officialClient';
import { type PracticeClients, startTestCloud, type TestCloud } from '../../../support/practice';
import { runFor, runUntil } from '../../../support/runTimeline';

const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

describe('the link of an open session', () => {
  let test: TestCloud;
  let clients: PracticeClients;
  let client: OfficialClient;
  let GroupId: string;

  beforeEach(async () => {
    test = startTestCloud('default', 20);
    clients = test.clients();
    const { Reservations } = await clients.ec2.send(new DescribeInstancesCommand({}));
    const instance = Reservations?.[0]?.Instances?.[0];
    GroupId = instance?.SecurityGroups?.[0]?.GroupId ?? '';
    const place = { accountId: test.cloud.accounts[1]!.accountId, region: 'ap-south-1' } as never;
    const isConnected = () => test.cloud.guestOf(place, instance?.InstanceId as never) !== undefined;
    await runUntil(test.timeline, isConnected, 600_000);
    const started = await clients.ssm.send(new StartSessionCommand({ Target: instance?.InstanceId }));
    const transport = test.cloud.openChannel(started.StreamUrl ?? '', {});
    client = new OfficialClient(transport, { clock: test.timeline, token: started.TokenValue ?? '' });
    await runUntil(test.timeline, () => /\$ $/.test(client.textOf(1)), 30_000);
  });

  const cut = () => clients.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: everything }));
  const mend = () => clients.ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: everything }));

  it('carries nothing while the instance has no way to Session Manager, and goes on when it is back within a minute', async () => {
    await cut();
    client.write('echo $((6*7))\r');
    await runFor(test.timeline, 20_000);
    assert.doesNotMatch(client.textOf(1), /42/);
    await mend();
    await runUntil(test.timeline, () => client.textOf(1).includes('42\r\n'), 20_000);
    assert.equal(client.isClosed, false);
  });

  it('stays with the address that it was made to, whatever the name means by now', async () => {
    const vpc = { Filters: [{ Name: 'is-default', Values: ['true'] }] };
    const VpcId = (await clients.ec2.send(new DescribeVpcsCommand(vpc))).Vpcs?.[0]?.VpcId;
    const closed = { GroupName: 'closed', Description: 'lets nobody in', VpcId };
    const { GroupId: closedGroup = '' } = await clients.ec2.send(new CreateSecurityGroupCommand(closed));
    const subnets = { Filters: [{ Name: 'vpc-id', Values: [VpcId ?? ''] }] };
    const [subnet] = (await clients.ec2.send(new DescribeSubnetsCommand(subnets))).Subnets ?? [];
    const endpoint = {
      VpcEndpointType: 'Interface' as const,
      VpcId,
      ServiceName: 'com.amazonaws.ap-south-1.ssmmessages',
      SubnetIds: [subnet?.SubnetId ?? ''],
      SecurityGroupIds: [closedGroup],
      PrivateDnsEnabled: true,
    };
    await clients.ec2.send(new CreateVpcEndpointCommand(endpoint));
    await runFor(test.timeline, 5 * 60_000);
    client.write('echo $((6*7))\r');
    await runUntil(test.timeline, () => client.textOf(1).includes('42\r\n'), 20_000);
  });

  it('is lost for good after a minute, and nobody tells the client more than a pause', async () => {
    await cut();
    await runFor(test.timeline, 61_000);
    await mend();
    client.write('echo $((6*7))\r');
    await runFor(test.timeline, 30_000);
    assert.doesNotMatch(client.textOf(1), /42/);
    assert.equal(client.isClosed, false);
    await runFor(test.timeline, 21 * 60_000);
    assert.equal(client.closingOutput, 'Your session timed out due to inactivity and has been terminated.');
  });
});
