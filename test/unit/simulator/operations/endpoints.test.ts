import assert from 'node:assert/strict';
import {
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  DeleteSecurityGroupCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const minuteMs = 60_000;
const serviceName = 'com.amazonaws.ap-south-1.ec2';

class EndpointRig {
  readonly cloud: TestCloud = startTestCloud('default-vpc');
  readonly ec2: EC2Client = this.cloud.clients().ec2;
  vpcId = '';
  subnets: readonly Subnet[] = [];

  static async start(): Promise<EndpointRig> {
    const rig = new EndpointRig();
    const { Vpcs } = await rig.ec2.send(new DescribeVpcsCommand({}));
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand({}));
    rig.vpcId = Vpcs?.[0]?.VpcId ?? '';
    rig.subnets = Subnets ?? [];
    return rig;
  }

  get subnetIds(): string[] {
    return this.subnets.map(({ SubnetId = '' }) => SubnetId);
  }

  async create(change: Partial<CreateVpcEndpointCommandInput> = {}) {
    const input = {
      VpcId: this.vpcId,
      ServiceName: serviceName,
      VpcEndpointType: 'Interface' as const,
      SubnetIds: this.subnetIds,
      PrivateDnsEnabled: true,
      ...change,
    };
    const { VpcEndpoint } = await this.ec2.send(new CreateVpcEndpointCommand(input));
    assert.ok(VpcEndpoint);
    return VpcEndpoint;
  }

  async find(id: string | undefined) {
    const { VpcEndpoints } = await this.ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id ?? ''] }));
    assert.ok(VpcEndpoints?.[0]);
    return VpcEndpoints[0];
  }

  async setAttribute(attribute: 'EnableDnsSupport' | 'EnableDnsHostnames', Value: boolean): Promise<void> {
    await this.ec2.send(new ModifyVpcAttributeCommand({ VpcId: this.vpcId, [attribute]: { Value } }));
  }

  pass(durationMs: number): void {
    this.cloud.timeline.advanceTo(this.cloud.timeline.now() + durationMs);
  }
}

describe('interface endpoints', () => {
  it('are pending at first and available half a minute to two minutes later', async () => {
    const rig = await EndpointRig.start();
    const { VpcEndpointId, State } = await rig.create();
    assert.equal(State, 'pending');
    rig.pass(29_000);
    assert.equal((await rig.find(VpcEndpointId)).State, 'pending');
    rig.pass(2 * minuteMs);
    assert.equal((await rig.find(VpcEndpointId)).State, 'available');
  });

  it('have one interface for each subnet, named after the endpoint and made by AWS', async () => {
    const rig = await EndpointRig.start();
    const endpoint = await rig.create();
    const ids = endpoint.NetworkInterfaceIds;
    const { NetworkInterfaces } = await rig.ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ids }),
    );
    assert.deepEqual(NetworkInterfaces?.map(({ SubnetId }) => SubnetId).sort(), rig.subnetIds.sort());
    for (const { InterfaceType, RequesterManaged, Description, Status, Groups } of NetworkInterfaces ?? []) {
      assert.equal(InterfaceType, 'vpc_endpoint');
      assert.equal(RequesterManaged, true);
      assert.equal(Description, `VPC Endpoint Interface ${endpoint.VpcEndpointId}`);
      assert.equal(Status, 'in-use');
      assert.deepEqual(Groups, endpoint.Groups);
    }
  });

  it('list the regional name, then zonal ones, then the name of the service', async () => {
    const rig = await EndpointRig.start();
    const { VpcEndpointId, DnsEntries } = await rig.create();
    const names = DnsEntries?.map(({ DnsName = '' }) => DnsName) ?? [];
    assert.equal(names.length, 5);
    assert.match(
      names[0] ?? '',
      new RegExp(`^${VpcEndpointId}-[a-z0-9]{8}\\.ec2\\.ap-south-1\\.vpce\\.amazonaws\\.com$`),
    );
    assert.match(names[1] ?? '', new RegExp(`^${VpcEndpointId}-[a-z0-9]{8}-ap-south-1[abc]\\.ec2\\.`));
    assert.equal(names[4], 'ec2.ap-south-1.amazonaws.com');
    assert.notEqual(DnsEntries?.[4]?.HostedZoneId, DnsEntries?.[0]?.HostedZoneId);
    const withoutNames = await rig.create({ PrivateDnsEnabled: false });
    assert.equal(withoutNames.DnsEntries?.length, 4);
  });

  it('take private DNS when nobody says anything, and the default security group', async () => {
    const rig = await EndpointRig.start();
    const { PrivateDnsEnabled, Groups } = await rig.create({ PrivateDnsEnabled: undefined });
    assert.equal(PrivateDnsEnabled, true);
    assert.deepEqual(
      Groups?.map(({ GroupName }) => GroupName),
      ['default'],
    );
  });

  it('refuse private DNS without both attributes of the VPC', async () => {
    const rig = await EndpointRig.start();
    await rig.setAttribute('EnableDnsHostnames', false);
    const { code, message } = await refusalOf(rig.create());
    assert.equal(code, 'InvalidParameter');
    assert.equal(
      message,
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${rig.vpcId}`,
    );
    assert.equal((await rig.create({ PrivateDnsEnabled: false })).PrivateDnsEnabled, false);
  });

  it('refuse a second one with the same private name in the VPC, until the first goes', async () => {
    const rig = await EndpointRig.start();
    const { VpcEndpointId = '' } = await rig.create();
    const { code, message } = await refusalOf(rig.create());
    assert.equal(code, 'InvalidParameter');
    assert.equal(
      message,
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ec2.ap-south-1.amazonaws.com in the VPC ${rig.vpcId}`,
    );
    await rig.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    assert.ok(await rig.create());
  });

  it('refuse unknown services, wrong types and subnets that are not there', async () => {
    const rig = await EndpointRig.start();
    const unknown = await refusalOf(rig.create({ ServiceName: 'com.amazonaws.ap-south-1.ec3' }));
    assert.equal(unknown.code, 'InvalidServiceName');
    assert.equal(unknown.message, "The Vpc Endpoint Service 'com.amazonaws.ap-south-1.ec3' does not exist");
    assert.equal(await codeOf(rig.create({ ServiceName: 'com.amazonaws.us-east-1.ec2' })), 'InvalidServiceName');
    const wrongType = await refusalOf(rig.create({ VpcEndpointType: undefined }));
    assert.equal(wrongType.message, 'Endpoint type (Gateway) does not match available service types ([Interface]).');
    assert.equal(await codeOf(rig.create({ SubnetIds: ['subnet-0123456789abcdef0'] })), 'InvalidSubnetID.NotFound');
    assert.equal(await codeOf(rig.create({ SubnetIds: ['nonsense'] })), 'InvalidSubnetId.Malformed');
    assert.equal(
      await codeOf(rig.create({ SecurityGroupIds: ['sg-0123456789abcdef0'] })),
      'InvalidSecurityGroupID.NotFound',
    );
    assert.equal(await codeOf(rig.create({ VpcId: 'vpc-0123456789abcdef0' })), 'InvalidVpcID.NotFound');
    assert.equal(await codeOf(rig.create({ PolicyDocument: '{' })), 'InvalidPolicyDocument');
  });

  it('are made once for one client token, and refused when the parameters differ', async () => {
    const rig = await EndpointRig.start();
    const first = await rig.create({ ClientToken: 'once' });
    const again = await rig.create({ ClientToken: 'once' });
    assert.equal(again.VpcEndpointId, first.VpcEndpointId);
    const other = rig.create({ ClientToken: 'once', PrivateDnsEnabled: false });
    assert.equal(await codeOf(other), 'IdempotentParameterMismatch');
  });

  it('change private DNS, subnets and groups once they are available, and not before', async () => {
    const rig = await EndpointRig.start();
    const [first = '', ...others] = rig.subnetIds;
    const { VpcEndpointId = '' } = await rig.create({ SubnetIds: [first] });
    const off = new ModifyVpcEndpointCommand({ VpcEndpointId, PrivateDnsEnabled: false });
    assert.equal(await codeOf(rig.ec2.send(off)), 'IncorrectState');
    rig.pass(2 * minuteMs);
    await rig.ec2.send(off);
    const grown = new ModifyVpcEndpointCommand({ VpcEndpointId, AddSubnetIds: others, RemoveSubnetIds: [first] });
    await rig.ec2.send(grown);
    const endpoint = await rig.find(VpcEndpointId);
    assert.equal(endpoint.PrivateDnsEnabled, false);
    assert.deepEqual(endpoint.SubnetIds, others);
    assert.equal(endpoint.NetworkInterfaceIds?.length, 2);
    const twice = new ModifyVpcEndpointCommand({ VpcEndpointId, AddSubnetIds: others });
    assert.equal(await codeOf(rig.ec2.send(twice)), 'DuplicateSubnetsInSameZone');
  });

  it('keep their groups in use until their interfaces are gone', async () => {
    const rig = await EndpointRig.start();
    const wish = { GroupName: 'endpoint', Description: 'for the endpoint', VpcId: rig.vpcId };
    const { GroupId = '' } = await rig.ec2.send(new CreateSecurityGroupCommand(wish));
    const { VpcEndpointId = '' } = await rig.create({ SecurityGroupIds: [GroupId] });
    const remove = () => rig.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    const refused = await refusalOf(remove());
    assert.equal(refused.code, 'DependencyViolation');
    assert.equal(refused.message, `resource ${GroupId} has a dependent object`);
    await rig.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    assert.equal((await rig.find(VpcEndpointId)).State, 'deleting');
    assert.equal(await codeOf(remove()), 'DependencyViolation');
    rig.pass(3 * minuteMs);
    assert.equal(await codeOf(rig.find(VpcEndpointId)), 'InvalidVpcEndpointId.NotFound');
    await remove();
  });

  it('are deleted in bulk: the answer is 200 and lists what failed', async () => {
    const rig = await EndpointRig.start();
    const { VpcEndpointId = '' } = await rig.create();
    const missing = 'vpce-0123456789abcdef0';
    const { Unsuccessful } = await rig.ec2.send(
      new DeleteVpcEndpointsCommand({ VpcEndpointIds: [missing, VpcEndpointId] }),
    );
    assert.deepEqual(
      Unsuccessful?.map(item => [item.ResourceId, item.Error?.Code]),
      [[missing, 'InvalidVpcEndpointId.NotFound']],
    );
    assert.equal((await rig.find(VpcEndpointId)).State, 'deleting');
  });
});

describe('gateway endpoints', () => {
  it('are available at once, route to the prefix list, and take the routes with them', async () => {
    const rig = await EndpointRig.start();
    const tables = async () => (await rig.ec2.send(new DescribeRouteTablesCommand({}))).RouteTables ?? [];
    const tableId = (await tables())[0]?.RouteTableId ?? '';
    const wish = {
      ServiceName: 'com.amazonaws.ap-south-1.s3',
      VpcEndpointType: 'Gateway' as const,
      SubnetIds: undefined,
      PrivateDnsEnabled: undefined,
      RouteTableIds: [tableId],
    };
    const { State, VpcEndpointId = '' } = await rig.create(wish);
    assert.equal(State, 'available');
    const routes = (await tables())[0]?.Routes ?? [];
    assert.deepEqual(
      routes.filter(({ GatewayId }) => GatewayId === VpcEndpointId).map(route => route.DestinationPrefixListId),
      ['pl-78a54011'],
    );
    assert.equal(await codeOf(rig.create(wish)), 'RouteAlreadyExists');
    await rig.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    assert.equal((await tables())[0]?.Routes?.length, 2);
  });
});

describe('endpoint services', () => {
  it('list S3 and DynamoDB twice, once for each type', async () => {
    const rig = await EndpointRig.start();
    const { ServiceDetails } = await rig.ec2.send(new DescribeVpcEndpointServicesCommand({}));
    const typesOf = (name: string) =>
      ServiceDetails?.filter(detail => detail.ServiceName === `com.amazonaws.ap-south-1.${name}`).map(
        detail => detail.ServiceType?.[0]?.ServiceType,
      );
    assert.deepEqual(typesOf('s3'), ['Gateway', 'Interface']);
    assert.deepEqual(typesOf('dynamodb'), ['Gateway', 'Interface']);
    assert.deepEqual(typesOf('ec2'), ['Interface']);
  });

  it('are those of the Regions that are asked for', async () => {
    const { ec2 } = await EndpointRig.start();
    const count = async (...ServiceRegions: string[]) =>
      (await ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceRegions }))).ServiceDetails?.length;
    assert.ok(await count('ap-south-1', 'us-east-1'));
    assert.equal(await count('us-east-1'), 0);
  });

  it('carry the private name that endpoints take over', async () => {
    const rig = await EndpointRig.start();
    const { ServiceDetails } = await rig.ec2.send(
      new DescribeVpcEndpointServicesCommand({ ServiceNames: [serviceName] }),
    );
    assert.equal(ServiceDetails?.[0]?.PrivateDnsName, 'ec2.ap-south-1.amazonaws.com');
    assert.equal(ServiceDetails?.[0]?.Owner, 'amazon');
    assert.equal(ServiceDetails?.[0]?.AvailabilityZones?.length, 3);
  });
});
