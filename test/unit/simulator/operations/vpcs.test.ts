import assert from 'node:assert/strict';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  type CreateVpcCommandInput,
  CreateVpcEndpointCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

async function newVpc(CidrBlock = '10.0.0.0/16'): Promise<{ ec2: EC2Client; VpcId: string }> {
  const { ec2 } = startTestCloud('default-vpc').clients();
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return { ec2, VpcId: Vpc?.VpcId ?? '' };
}

async function attributes(ec2: EC2Client, VpcId: string): Promise<readonly (boolean | undefined)[]> {
  const support = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }));
  const hostnames = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }));
  return [support.EnableDnsSupport?.Value, hostnames.EnableDnsHostnames?.Value];
}

describe('VPCs', () => {
  it('come with a main route table, a default group and a default ACL, and without host names', async () => {
    const { ec2, VpcId } = await newVpc();
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    assert.equal(RouteTables?.[0]?.Associations?.[0]?.Main, true);
    assert.deepEqual(
      RouteTables?.[0]?.Routes?.map(({ DestinationCidrBlock, GatewayId }) => [DestinationCidrBlock, GatewayId]),
      [['10.0.0.0/16', 'local']],
    );
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    assert.deepEqual(
      SecurityGroups?.map(({ GroupName }) => GroupName),
      ['default'],
    );
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    assert.equal(NetworkAcls?.[0]?.IsDefault, true);
    assert.deepEqual(await attributes(ec2, VpcId), [true, false]);
    const [standard] = (await ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? [];
    assert.deepEqual(await attributes(ec2, standard?.VpcId ?? ''), [true, true]);
  });

  it('need name support for host names, and one attribute at a time', async () => {
    const { ec2, VpcId } = await newVpc();
    const modify = (change: object) => ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...change }));
    await modify({ EnableDnsSupport: { Value: false } });
    assert.equal(await codeOf(modify({ EnableDnsHostnames: { Value: true } })), 'InvalidParameterValue');
    await modify({ EnableDnsSupport: { Value: true } });
    await modify({ EnableDnsHostnames: { Value: true } });
    assert.equal(await codeOf(modify({ EnableDnsSupport: { Value: false } })), 'InvalidParameterValue');
    const both = { EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } };
    assert.equal(await codeOf(modify(both)), 'InvalidParameterCombination');
    assert.equal(await codeOf(modify({})), 'MissingParameter');
  });

  it('take ranges from /16 to /28, five of them', async () => {
    const { ec2 } = await newVpc('10.0.7.9/24');
    const create = (CidrBlock: string) => codeOf(ec2.send(new CreateVpcCommand({ CidrBlock })));
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    assert.equal(Vpcs?.[1]?.CidrBlock, '10.0.7.0/24');
    assert.equal(await create('10.0.0.0/15'), 'InvalidVpc.Range');
    assert.equal(await create('10.0.0.0/29'), 'InvalidVpc.Range');
    assert.equal(await create('10.0.0/24'), 'InvalidParameterValue');
    for (let count = 2; count < 5; count++) await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${count}.0.0/16` }));
    assert.equal(await create('10.9.0.0/16'), 'VpcLimitExceeded');
  });

  it('refuse to be what the practice cloud has not, rather than forget it', async () => {
    const { ec2, VpcId } = await newVpc();
    const create = (change: Partial<CreateVpcCommandInput>) =>
      codeOf(ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', ...change })));
    assert.equal(await create({ InstanceTenancy: 'dedicated' }), 'UnsupportedOperation');
    assert.equal(await create({ AmazonProvidedIpv6CidrBlock: true }), 'UnsupportedOperation');
    const subnet = new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24', Ipv6CidrBlock: '2001:db8::/64' });
    assert.equal(await codeOf(ec2.send(subnet)), 'UnsupportedOperation');
    const metrics = { EnableNetworkAddressUsageMetrics: { Value: true } };
    const modify = new ModifyVpcAttributeCommand({ VpcId, ...metrics });
    assert.equal(await codeOf(ec2.send(modify)), 'UnsupportedOperation');
  });

  it('go once they are empty', async () => {
    const { ec2, VpcId } = await newVpc();
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }));
    const remove = () => ec2.send(new DeleteVpcCommand({ VpcId }));
    const refused = await refusalOf(remove());
    assert.equal(refused.message, `The vpc '${VpcId}' has dependencies and cannot be deleted.`);
    await ec2.send(new DeleteSubnetCommand({ SubnetId: Subnet?.SubnetId }));
    await remove();
    assert.equal(await codeOf(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }))), 'InvalidVpcID.NotFound');
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    assert.equal(SecurityGroups?.length, 1);
  });
});

describe('subnets', () => {
  it('lie inside their VPC and beside each other', async () => {
    const { ec2, VpcId } = await newVpc();
    const create = (CidrBlock: string) => ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    const { Subnet } = await create('10.0.1.0/24');
    assert.equal(Subnet?.AvailableIpAddressCount, 251);
    assert.equal(Subnet?.MapPublicIpOnLaunch, false);
    assert.equal(await codeOf(create('10.0.1.128/25')), 'InvalidSubnet.Conflict');
    assert.equal(await codeOf(create('10.1.1.0/24')), 'InvalidSubnet.Range');
    const elsewhere = { VpcId, CidrBlock: '10.0.2.0/24', AvailabilityZone: 'us-east-1a' };
    assert.equal(await codeOf(ec2.send(new CreateSubnetCommand(elsewhere))), 'InvalidParameterValue');
    const twice = { ...elsewhere, AvailabilityZone: 'ap-south-1a', AvailabilityZoneId: 'aps1-az2' };
    assert.equal(await codeOf(ec2.send(new CreateSubnetCommand(twice))), 'InvalidParameterCombination');
  });

  it('are 200 to a VPC', async () => {
    const { ec2, VpcId } = await newVpc();
    const create = (index: number) => ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/28` }));
    for (let index = 0; index < 200; index++) await create(index);
    assert.equal(await codeOf(create(200)), 'SubnetLimitExceeded');
  });

  it('of one zone cannot both have an endpoint interface, nor can those of another VPC', async () => {
    const { ec2, VpcId } = await newVpc();
    const made = ['10.0.1.0/24', '10.0.2.0/24'].map(CidrBlock =>
      ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: 'ap-south-1b' })),
    );
    const SubnetIds = (await Promise.all(made)).map(({ Subnet }) => Subnet?.SubnetId ?? '');
    const wish = {
      VpcId,
      ServiceName: 'com.amazonaws.ap-south-1.ec2',
      VpcEndpointType: 'Interface' as const,
      PrivateDnsEnabled: false,
    };
    const twice = await refusalOf(ec2.send(new CreateVpcEndpointCommand({ ...wish, SubnetIds })));
    assert.equal(twice.code, 'DuplicateSubnetsInSameZone');
    assert.match(
      twice.message,
      new RegExp(`^Found another VPC endpoint subnet in the availability zone of ${SubnetIds[1]}\\.`),
    );
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const foreign = Subnets?.find(subnet => subnet.VpcId !== VpcId)?.SubnetId ?? '';
    const mixed = ec2.send(new CreateVpcEndpointCommand({ ...wish, SubnetIds: [foreign] }));
    assert.equal(await codeOf(mixed), 'InvalidParameter');
    await ec2.send(new CreateVpcEndpointCommand({ ...wish, SubnetIds: SubnetIds.slice(0, 1) }));
    const inUse = ec2.send(new DeleteSubnetCommand({ SubnetId: SubnetIds[0] }));
    assert.equal(await codeOf(inUse), 'DependencyViolation');
  });
});
