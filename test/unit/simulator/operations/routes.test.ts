import assert from 'node:assert/strict';
import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateRouteTableCommand,
  CreateVpcEndpointCommand,
  DeleteInternetGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf, refusalOf } from '../../../support/refusal';

const route = (network: PracticeNetwork, input: Omit<CreateRouteCommandInput, 'RouteTableId'>) =>
  network.ec2.send(new CreateRouteCommand({ RouteTableId: network.mainTableId, ...input }));

const everywhere = { DestinationCidrBlock: '0.0.0.0/0' };

async function newTable({ ec2, VpcId }: PracticeNetwork): Promise<string> {
  return (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId ?? '';
}

describe('routes', () => {
  it('follow an internet gateway: active, a blackhole once it is detached or deleted', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const GatewayId = await network.addGateway();
    assert.equal((await route(network, { ...everywhere, GatewayId })).Return, true);
    const state = async () => (await network.routes()).find(found => found.GatewayId === GatewayId)?.State;
    assert.equal(await state(), 'active');
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }));
    assert.equal(await state(), 'blackhole');
    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: GatewayId }));
    assert.equal(await state(), 'blackhole');
  });

  it('lead to an interface or to an instance by its only one, while the instance runs', async () => {
    const network = await startPracticeNetwork();
    const { InstanceId, NetworkInterfaceId } = await network.launch();
    await route(network, { DestinationCidrBlock: '192.168.0.0/24', InstanceId });
    await route(network, { DestinationCidrBlock: '192.168.1.0/24', NetworkInterfaceId });
    const routed = async () =>
      (await network.routes()).slice(1).map(found => [found.NetworkInterfaceId, found.InstanceId, found.State]);
    assert.deepEqual(await routed(), Array(2).fill([NetworkInterfaceId, InstanceId, 'active']));
    await network.ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    assert.deepEqual(await routed(), Array(2).fill([NetworkInterfaceId, InstanceId, 'blackhole']));
    await network.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    network.pass(120_000);
    assert.deepEqual(await routed(), Array(2).fill([NetworkInterfaceId, undefined, 'blackhole']));
  });

  it('want one destination, one target and no destination twice', async () => {
    const network = await startPracticeNetwork();
    const GatewayId = await network.addGateway();
    const { NetworkInterfaceId } = await network.launch();
    await route(network, { DestinationCidrBlock: '10.3.7.9/16', GatewayId });
    assert.equal((await network.routes())[1]?.DestinationCidrBlock, '10.3.0.0/16');
    const twice = await refusalOf(route(network, { DestinationCidrBlock: '10.3.0.0/16', NetworkInterfaceId }));
    assert.deepEqual(
      [twice.code, twice.message],
      ['RouteAlreadyExists', 'The route identified by 10.3.0.0/16 already exists'],
    );
    const both = { ...everywhere, DestinationPrefixListId: 'pl-78a54011', GatewayId };
    assert.equal(await codeOf(route(network, both)), 'InvalidParameterCombination');
    assert.equal(
      await codeOf(route(network, { ...everywhere, GatewayId, NetworkInterfaceId })),
      'InvalidParameterCombination',
    );
    assert.equal(await codeOf(route(network, everywhere)), 'MissingParameter');
    assert.equal(await codeOf(route(network, { GatewayId })), 'MissingParameter');
    const ipv6 = { DestinationIpv6CidrBlock: '::/0', GatewayId };
    assert.equal(await codeOf(route(network, ipv6)), 'UnsupportedOperation');
    const malformed = { DestinationCidrBlock: '10.0.0/8', GatewayId };
    assert.equal(await codeOf(route(network, malformed)), 'InvalidParameterValue');
  });

  it('refuse targets that are not there or not of the VPC', async () => {
    const network = await startPracticeNetwork();
    const other = await startPracticeNetwork('10.1.0.0/16', network);
    const GatewayId = await other.addGateway();
    const unlike = await refusalOf(route(network, { ...everywhere, GatewayId }));
    assert.match(unlike.message, /^route table rtb-\w+ and network gateway igw-\w+ belong to different networks$/);
    const codes = await Promise.all(
      [
        { GatewayId: 'igw-0123456789abcdef0' },
        { NatGatewayId: 'nat-0123456789abcdef0' },
        { NetworkInterfaceId: 'eni-0123456789abcdef0' },
        { InstanceId: 'i-0123456789abcdef0' },
        { VpcPeeringConnectionId: 'pcx-0123456789abcdef0' },
        { TransitGatewayId: 'tgw-0123456789abcdef0' },
        { GatewayId: 'igw-1' },
      ].map(target => codeOf(route(network, { ...everywhere, ...target }))),
    );
    assert.deepEqual(codes, [
      'InvalidGatewayID.NotFound',
      'InvalidNatGatewayID.NotFound',
      'InvalidNetworkInterfaceID.NotFound',
      'InvalidInstanceID.NotFound',
      'InvalidVpcPeeringConnectionID.NotFound',
      'UnsupportedOperation',
      'InvalidGatewayID.Malformed',
    ]);
  });

  it('leave those of gateway endpoints to the endpoints', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId, mainTableId: RouteTableId } = network;
    const wish = { VpcId, ServiceName: 'com.amazonaws.ap-south-1.s3', RouteTableIds: [RouteTableId] };
    const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(wish));
    const DestinationPrefixListId = 'pl-78a54011';
    const { VpcEndpointId = '' } = VpcEndpoint ?? {};
    assert.equal(await codeOf(route(network, { ...everywhere, VpcEndpointId })), 'InvalidParameterValue');
    assert.equal(await codeOf(route(network, { ...everywhere, GatewayId: VpcEndpointId })), 'InvalidParameterValue');
    const GatewayId = await network.addGateway();
    assert.equal(await codeOf(route(network, { DestinationPrefixListId, GatewayId })), 'RouteAlreadyExists');
    const removal = await refusalOf(ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationPrefixListId })));
    assert.match(removal.message, /^cannot remove VPC endpoint route vpce-/);
    const replacement = new ReplaceRouteCommand({ RouteTableId, DestinationPrefixListId, GatewayId });
    assert.equal(await codeOf(ec2.send(replacement)), 'InvalidParameterValue');
  });

  it('are replaced and deleted by their exact destination', async () => {
    const network = await startPracticeNetwork();
    const { ec2, mainTableId: RouteTableId } = network;
    const GatewayId = await network.addGateway();
    const { NetworkInterfaceId } = await network.launch();
    await route(network, { DestinationCidrBlock: '10.3.0.0/16', GatewayId });
    const replace = (DestinationCidrBlock: string) =>
      ec2.send(new ReplaceRouteCommand({ RouteTableId, DestinationCidrBlock, NetworkInterfaceId }));
    await replace('10.3.0.0/16');
    assert.equal((await network.routes())[1]?.NetworkInterfaceId, NetworkInterfaceId);
    assert.equal((await network.routes())[1]?.GatewayId, undefined);
    assert.equal(await codeOf(replace('10.3.0.0/17')), 'InvalidRoute.NotFound');
    const remove = (DestinationCidrBlock: string) =>
      ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    const unknown = await refusalOf(remove('10.3.0.0/17'));
    assert.equal(unknown.message, `no route with destination-cidr-block 10.3.0.0/17 in route table ${RouteTableId}`);
    await remove('10.3.0.0/16');
    assert.equal(await codeOf(remove('10.3.0.0/16')), 'InvalidRoute.NotFound');
    assert.equal(await codeOf(remove('10.0.0.0/16')), 'InvalidParameterValue');
  });

  it('keep traffic inside the VPC local unless a middlebox takes it', async () => {
    const network = await startPracticeNetwork();
    const { ec2, mainTableId: RouteTableId } = network;
    const GatewayId = await network.addGateway();
    const { NetworkInterfaceId } = await network.launch();
    const inside = { DestinationCidrBlock: '10.0.0.0/24' };
    assert.equal(await codeOf(route(network, { ...inside, GatewayId })), 'InvalidParameterValue');
    await route(network, { ...inside, NetworkInterfaceId });
    const local = { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' };
    await ec2.send(new ReplaceRouteCommand({ ...local, NetworkInterfaceId }));
    assert.equal((await network.routes())[0]?.NetworkInterfaceId, NetworkInterfaceId);
    await ec2.send(new ReplaceRouteCommand({ ...local, LocalTarget: true }));
    assert.equal((await network.routes())[0]?.GatewayId, 'local');
    const notLocal = new ReplaceRouteCommand({ RouteTableId, ...inside, LocalTarget: true });
    assert.equal(await codeOf(ec2.send(notLocal)), 'InvalidParameterValue');
  });

  it('are at most fifty in a table', async () => {
    const network = await startPracticeNetwork();
    const GatewayId = await network.addGateway();
    for (let count = 0; count < 50; count++)
      await route(network, { DestinationCidrBlock: `192.168.${count}.0/24`, GatewayId });
    assert.equal(await codeOf(route(network, { ...everywhere, GatewayId })), 'RouteLimitExceeded');
  });
});

describe('route tables', () => {
  it('are made once for a token, with a local route, and go when nothing uses them', async () => {
    const { ec2, VpcId, SubnetId } = await startPracticeNetwork();
    const wish = { VpcId, ClientToken: 'one', TagSpecifications: [] };
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand(wish));
    const again = await ec2.send(new CreateRouteTableCommand(wish));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    assert.equal(again.RouteTable?.RouteTableId, RouteTableId);
    assert.deepEqual(RouteTable?.Routes, [
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    ]);
    const { AssociationId } = await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const inUse = await refusalOf(ec2.send(new DeleteRouteTableCommand({ RouteTableId })));
    assert.deepEqual(
      [inUse.code, inUse.message],
      ['DependencyViolation', `The routeTable '${RouteTableId}' has dependencies and cannot be deleted.`],
    );
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
    const gone = new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] });
    assert.equal(await codeOf(ec2.send(gone)), 'InvalidRouteTableID.NotFound');
  });

  it('take a subnet once, and hand it and the place of the main table over', async () => {
    const network = await startPracticeNetwork();
    const { ec2, SubnetId, mainTableId } = network;
    const [first, second] = [await newTable(network), await newTable(network)];
    const associate = (RouteTableId: string) => ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const { AssociationId } = await associate(first);
    assert.equal(await codeOf(associate(second)), 'Resource.AlreadyAssociated');
    const replace = (input: { AssociationId: string | undefined; RouteTableId: string }) =>
      ec2.send(new ReplaceRouteTableAssociationCommand(input));
    const { NewAssociationId } = await replace({ AssociationId, RouteTableId: second });
    assert.notEqual(NewAssociationId, AssociationId);
    assert.equal(await codeOf(replace({ AssociationId, RouteTableId: first })), 'InvalidAssociationID.NotFound');
    const describe = async (RouteTableId: string) => {
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
      return RouteTables?.[0]?.Associations ?? [];
    };
    assert.equal((await describe(second))[0]?.SubnetId, SubnetId);
    const [main] = await describe(mainTableId);
    const mainAssociation = main?.RouteTableAssociationId ?? '';
    const stay = new DisassociateRouteTableCommand({ AssociationId: mainAssociation });
    assert.equal(await codeOf(ec2.send(stay)), 'InvalidParameterValue');
    await replace({ AssociationId: mainAssociation, RouteTableId: first });
    assert.deepEqual(await describe(mainTableId), []);
    assert.equal((await describe(first))[0]?.Main, true);
    assert.equal(await codeOf(ec2.send(new DeleteRouteTableCommand({ RouteTableId: first }))), 'DependencyViolation');
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId: mainTableId }));
  });
});
