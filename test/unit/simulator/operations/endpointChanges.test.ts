import assert from 'node:assert/strict';
import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ModifyVpcEndpointCommand,
  type ModifyVpcEndpointCommandInput,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { accountId, region as regionName } from '../../../../src/core/ids';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const longEnoughMs = 120_000;
const s3 = 'com.amazonaws.ap-south-1.s3';
const ec2Service = 'com.amazonaws.ap-south-1.ec2';
const imageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

class Rig {
  readonly cloud: TestCloud = startTestCloud('default-vpc');
  readonly ec2: EC2Client = this.cloud.clients().ec2;

  pass(durationMs = longEnoughMs): void {
    this.cloud.timeline.advanceTo(this.cloud.timeline.now() + durationMs);
  }

  async vpcId(): Promise<string> {
    return (await this.ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId ?? '';
  }

  async tableId(): Promise<string> {
    return (await this.ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.[0]?.RouteTableId ?? '';
  }

  async subnetIds(vpcId: string): Promise<string[]> {
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const { Subnets = [] } = await this.ec2.send(new DescribeSubnetsCommand({ Filters }));
    return Subnets.map(({ SubnetId = '' }) => SubnetId);
  }

  async create(input: CreateVpcEndpointCommandInput): Promise<string> {
    const { VpcEndpoint } = await this.ec2.send(new CreateVpcEndpointCommand(input));
    if (VpcEndpoint?.VpcEndpointType === 'Interface') this.pass();
    return VpcEndpoint?.VpcEndpointId ?? '';
  }

  modify(VpcEndpointId: string, change: Partial<ModifyVpcEndpointCommandInput>) {
    return this.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...change }));
  }

  async find(id: string) {
    return (await this.ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))).VpcEndpoints?.[0];
  }
}

describe('a gateway endpoint', () => {
  it('takes a table that is named twice once', async () => {
    const rig = new Rig();
    const table = await rig.tableId();
    const id = await rig.create({ VpcId: await rig.vpcId(), ServiceName: s3 });
    await rig.modify(id, { AddRouteTableIds: [table, table] });
    assert.deepEqual((await rig.find(id))?.RouteTableIds, [table]);
    const { RouteTables } = await rig.ec2.send(new DescribeRouteTablesCommand({}));
    assert.equal(RouteTables?.[0]?.Routes?.filter(({ GatewayId }) => GatewayId === id).length, 1);
  });

  it('is refused what belongs to interfaces, and the twenty-first of a Region', async () => {
    const rig = new Rig();
    const VpcId = await rig.vpcId();
    const id = await rig.create({ VpcId, ServiceName: s3 });
    assert.equal(
      await codeOf(rig.modify(id, { RemoveSecurityGroupIds: ['sg-0123456789abcdef0'] })),
      'InvalidParameter',
    );
    for (let count = 1; count < 20; count++) await rig.create({ VpcId, ServiceName: s3 });
    assert.equal(await codeOf(rig.create({ VpcId, ServiceName: s3 })), 'VpcEndpointLimitExceeded');
  });
});

describe("an interface endpoint's private DNS for S3", () => {
  it('is for inbound resolvers until somebody says otherwise, and can be switched off', async () => {
    const rig = new Rig();
    const VpcId = await rig.vpcId();
    await rig.create({ VpcId, ServiceName: s3 });
    const id = await rig.create({ VpcId, ServiceName: s3, VpcEndpointType: 'Interface' });
    const seen = async () => {
      const endpoint = await rig.find(id);
      const { PrivateDnsOnlyForInboundResolverEndpoint } = endpoint?.DnsOptions ?? {};
      return [endpoint?.PrivateDnsEnabled, PrivateDnsOnlyForInboundResolverEndpoint, endpoint?.DnsEntries?.length];
    };
    const names = (await seen())[2] as number;
    assert.deepEqual(await seen(), [true, true, names]);
    await rig.modify(id, { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } });
    assert.deepEqual(await seen(), [true, undefined, names]);
    await rig.modify(id, { PrivateDnsEnabled: false });
    const [isEnabled, isInbound, left = 0] = await seen();
    assert.deepEqual([isEnabled, isInbound], [false, undefined]);
    assert.ok(Number(left) < names);
    await rig.modify(id, { PrivateDnsEnabled: true });
    assert.deepEqual(await seen(), [true, true, names]);
  });

  it('is refused for records of other types', async () => {
    const rig = new Rig();
    const input = { VpcId: await rig.vpcId(), ServiceName: ec2Service, VpcEndpointType: 'Interface' as const };
    const call = rig.create({ ...input, DnsOptions: { DnsRecordIpType: 'dualstack' } });
    assert.equal(await codeOf(call), 'UnsupportedOperation');
  });
});

describe("an interface endpoint's subnets and groups", () => {
  it('stay as they were when one of the added subnets is full', async () => {
    const rig = new Rig();
    const { Vpc } = await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/24' }));
    const VpcId = Vpc?.VpcId ?? '';
    for (const [index, letter] of ['a', 'b'].entries()) {
      const CidrBlock = `10.1.0.${index * 16}/28`;
      await rig.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: `ap-south-1${letter}` }));
    }
    const [free = '', full = ''] = await rig.subnetIds(VpcId);
    await rig.ec2.send(
      new RunInstancesCommand({
        ImageId: imageId,
        InstanceType: 't3.micro',
        MinCount: 11,
        MaxCount: 11,
        SubnetId: full,
      }),
    );
    const id = await rig.create({
      VpcId,
      ServiceName: ec2Service,
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: false,
    });
    const call = rig.modify(id, { AddSubnetIds: [free, full] });
    assert.equal(await codeOf(call), 'InsufficientFreeAddressesInSubnet');
    const Filters = [{ Name: 'subnet-id', Values: [free] }];
    const left = await rig.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    assert.deepEqual(left.NetworkInterfaces, []);
  });

  it('may get other addresses, which replaces the interfaces of those alone', async () => {
    const rig = new Rig();
    const VpcId = await rig.vpcId();
    const [first = '', second = ''] = await rig.subnetIds(VpcId);
    const input = { VpcId, ServiceName: ec2Service, VpcEndpointType: 'Interface' as const };
    const id = await rig.create({ ...input, SubnetIds: [first, second] });
    const interfaces = async () => {
      const Filters = [{ Name: 'description', Values: [`VPC Endpoint Interface ${id}`] }];
      const found = await rig.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
      return new Map(found.NetworkInterfaces?.map(item => [item.SubnetId, item]));
    };
    const before = await interfaces();
    const Ipv4 = (before.get(first)?.PrivateIpAddress ?? '').replace(/\d+$/, '99');
    await rig.modify(id, { SubnetConfigurations: [{ SubnetId: first, Ipv4 }] });
    const after = await interfaces();
    assert.equal(after.get(first)?.PrivateIpAddress, Ipv4);
    assert.notEqual(after.get(first)?.NetworkInterfaceId, before.get(first)?.NetworkInterfaceId);
    assert.deepEqual(after.get(second), before.get(second));
    const wrong = { SubnetConfigurations: [{ SubnetId: second, Ipv4: '10.9.9.9' }] };
    assert.equal(await codeOf(rig.modify(id, wrong)), 'InvalidParameter');
  });

  it('cannot be in a zone that the service does not offer', async () => {
    const rig = new Rig();
    const VpcId = await rig.vpcId();
    const { world } = rig.cloud.cloud;
    const { accounts, region } = rig.cloud.cloud;
    const place = { accountId: accountId(accounts[1]?.accountId ?? ''), region: regionName(region) };
    const [subnetId = ''] = await rig.subnetIds(VpcId);
    const zoneId = [...world.region(place).subnets.values()].find(({ id }) => id === subnetId)?.availabilityZoneId;
    const about = { place, subject: ec2Service, detail: { zone: zoneId ?? '' } };
    world.takeEffect({ kind: 'zoneWithdrawn', ...about });
    const input = { VpcId, ServiceName: ec2Service, VpcEndpointType: 'Interface' as const, SubnetIds: [subnetId] };
    const refusal = await refusalOf(rig.create(input));
    assert.equal(
      refusal.message,
      `The VPC endpoint service ${ec2Service} does not support the availability zone of the subnet: ${subnetId}.`,
    );
    world.takeEffect({ kind: 'zoneOffered', ...about });
    await rig.create(input);
  });

  it('are in use while it has them, and free together with its interfaces', async () => {
    const rig = new Rig();
    const VpcId = await rig.vpcId();
    const naming = { GroupName: 'own', Description: 'own', VpcId };
    const { GroupId = '' } = await rig.ec2.send(new CreateSecurityGroupCommand(naming));
    const [subnetId = ''] = await rig.subnetIds(VpcId);
    const input = {
      VpcId,
      ServiceName: ec2Service,
      VpcEndpointType: 'Interface' as const,
      SecurityGroupIds: [GroupId],
    };
    const id = await rig.create(input);
    const remove = () => rig.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    assert.equal(await codeOf(remove()), 'DependencyViolation');
    await rig.modify(id, { AddSubnetIds: [subnetId] });
    await rig.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    assert.equal(await codeOf(remove()), 'DependencyViolation');
    while ((await rig.find(id))?.NetworkInterfaceIds?.length) rig.pass(1000);
    assert.deepEqual([(await rig.find(id))?.State, (await rig.find(id))?.Groups], ['deleting', []]);
    await remove();
    await rig.ec2.send(new DeleteSubnetCommand({ SubnetId: subnetId }));
  });
});
