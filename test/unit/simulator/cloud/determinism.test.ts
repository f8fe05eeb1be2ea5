import assert from 'node:assert/strict';
import {
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { startTestCloud } from '../../../support/practice';

/** Everything that a cloud shows, without the moments, which are those of the test's start. */
async function picture() {
  const test = startTestCloud();
  const { ec2 } = test.clients();
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: Vpcs?.[0]?.VpcId,
      ServiceName: 'com.amazonaws.ap-south-1.sts',
      VpcEndpointType: 'Interface',
      SubnetIds: Subnets?.map(({ SubnetId = '' }) => SubnetId),
    }),
  );
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  const withoutTimes = (key: string, value: unknown) => (/Time|timestamp/i.test(key) ? undefined : value);
  return JSON.stringify([test.cloud.accounts, Vpcs, Subnets, VpcEndpoints, Reservations], withoutTimes);
}

describe('the world', () => {
  it('is the same for the same seed and the same requests', async () => {
    assert.equal(await picture(), await picture());
  });

  it('gives the provider the zones of the first lab', async () => {
    const { ec2 } = startTestCloud().clients(0);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    assert.deepEqual(
      Subnets?.map(subnet => [subnet.AvailabilityZone, subnet.AvailabilityZoneId, subnet.CidrBlock]),
      [
        ['ap-south-1a', 'aps1-az1', '172.31.32.0/20'],
        ['ap-south-1b', 'aps1-az3', '172.31.0.0/20'],
        ['ap-south-1c', 'aps1-az2', '172.31.16.0/20'],
      ],
    );
  });
});
