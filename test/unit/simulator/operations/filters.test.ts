import assert from 'node:assert/strict';
import {
  DescribeImagesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Filter,
} from '@aws-sdk/client-ec2';
import { startTestCloud } from '../../../support/practice';

const { ec2 } = startTestCloud().clients();
const filter = (Name: string, ...Values: string[]): { Filters: Filter[] } => ({ Filters: [{ Name, Values }] });

/** How many instances are like one value and like another. */
async function instances(name: string, value: string): Promise<number> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand(filter(name, value)));
  return Reservations?.length ?? 0;
}

describe('filters of the EC2 API', () => {
  it('find instances by anything that an instance shows', async () => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    const instance = Reservations?.[0]?.Instances?.[0];
    const own = instance?.NetworkInterfaces?.[0];
    const shown: Record<string, string | undefined> = {
      hypervisor: instance?.Hypervisor,
      'platform-details': instance?.PlatformDetails,
      'root-device-name': instance?.RootDeviceName,
      'monitoring-state': instance?.Monitoring?.State,
      'metadata-options.http-tokens': instance?.MetadataOptions?.HttpTokens,
      'block-device-mapping.volume-id': instance?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId,
      'network-interface.status': own?.Status,
      'network-interface.group-id': own?.Groups?.[0]?.GroupId,
      'network-interface.group-name': own?.Groups?.[0]?.GroupName,
      'network-interface.mac-address': own?.MacAddress,
      'network-interface.private-dns-name': own?.PrivateDnsName,
      'network-interface.association.public-ip': own?.Association?.PublicIp,
      'network-interface.availability-zone': instance?.Placement?.AvailabilityZone,
    };
    for (const [name, value] of Object.entries(shown)) {
      assert.equal(await instances(name, value ?? ''), 1, name);
      assert.equal(await instances(name, `not ${value}`), 0, name);
    }
  });

  it('find nothing by what no simulated resource has', async () => {
    for (const name of ['platform', 'instance-lifecycle', 'host-id']) assert.equal(await instances(name, '*'), 0, name);
    const tables = await ec2.send(new DescribeRouteTablesCommand(filter('route.transit-gateway-id', '*')));
    assert.deepEqual(tables.RouteTables, []);
    const vpcs = await ec2.send(new DescribeVpcsCommand(filter('ipv6-cidr-block-association.state', '*')));
    assert.deepEqual(vpcs.Vpcs, []);
    const native = await ec2.send(new DescribeSubnetsCommand(filter('ipv6-native', 'true')));
    assert.deepEqual(native.Subnets, []);
  });

  it('find status checks, images and groups by their parts', async () => {
    const status = await ec2.send(new DescribeInstanceStatusCommand(filter('system-status.reachability', 'passed')));
    assert.equal(status.InstanceStatuses?.length, 1);
    const images = await ec2.send(new DescribeImagesCommand(filter('ena-support', 'true')));
    assert.ok(images.Images?.length);
    const groups = await ec2.send(new DescribeSecurityGroupsCommand(filter('ip-permission.group-name', 'default')));
    assert.deepEqual(
      groups.SecurityGroups?.map(({ GroupName }) => GroupName),
      ['default'],
    );
  });
});
