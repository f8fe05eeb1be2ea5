import assert from 'node:assert/strict';
import {
  AssociateAddressCommand,
  type AssociateAddressCommandInput,
  AttachInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  type EC2Client,
  ReleaseAddressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf, refusalOf } from '../../../support/refusal';

async function publicAddressOf(ec2: EC2Client, InstanceId: string): Promise<string | undefined> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
  return Reservations?.[0]?.Instances?.[0]?.PublicIpAddress;
}

describe('internet gateways', () => {
  it('are attached to one VPC at a time and one to a VPC', async () => {
    const network = await startPracticeNetwork();
    const other = await startPracticeNetwork('10.1.0.0/16', network);
    const { ec2, VpcId } = network;
    const InternetGatewayId = await network.addGateway();
    const attach = (id: string, vpc: string) =>
      refusalOf(ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpc })));
    const twice = await attach(InternetGatewayId, other.VpcId);
    assert.deepEqual(
      [twice.code, twice.message],
      ['Resource.AlreadyAssociated', `resource ${InternetGatewayId} is already attached to network ${VpcId}`],
    );
    const second = await other.addGateway();
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: second, VpcId: other.VpcId }));
    assert.match((await attach(second, VpcId)).message, /already has an internet gateway attached/);
    const remove = (id: string) => ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
    assert.equal(await codeOf(remove(InternetGatewayId)), 'DependencyViolation');
    await remove(second);
    assert.equal(await codeOf(remove(second)), 'InvalidInternetGatewayID.NotFound');
  });

  it('stay while the VPC has mapped public addresses', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const InternetGatewayId = await network.addGateway();
    const { InstanceId } = await network.launch(true);
    const detach = () => ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    const { code, message } = await refusalOf(detach());
    assert.equal(code, 'DependencyViolation');
    assert.equal(
      message,
      `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    network.pass(60_000);
    await detach();
    assert.equal(await codeOf(detach()), 'Gateway.NotAttached');
  });
});

describe('Elastic IP addresses', () => {
  const associate = ({ ec2 }: PracticeNetwork, input: AssociateAddressCommandInput) =>
    ec2.send(new AssociateAddressCommand(input));

  it('take the place of the lent address, survive a stop, and leave with a new lent one', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const { AllocationId, PublicIp } = await network.allocate();
    const { InstanceId } = await network.launch(true);
    assert.equal(await codeOf(associate(network, { AllocationId, InstanceId })), 'Gateway.NotAttached');
    await network.addGateway();
    const lent = await publicAddressOf(ec2, InstanceId);
    const { AssociationId } = await associate(network, { AllocationId, InstanceId });
    assert.match(AssociationId ?? '', /^eipassoc-[0-9a-f]{17}$/);
    assert.equal(await publicAddressOf(ec2, InstanceId), PublicIp);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
    network.pass(60_000);
    assert.equal(await publicAddressOf(ec2, InstanceId), PublicIp);
    await ec2.send(new StartInstancesCommand({ InstanceIds: [InstanceId] }));
    network.pass(60_000);
    assert.equal(await publicAddressOf(ec2, InstanceId), PublicIp);
    assert.equal(await codeOf(ec2.send(new ReleaseAddressCommand({ AllocationId }))), 'InvalidIPAddress.InUse');
    await ec2.send(new DisassociateAddressCommand({ AssociationId }));
    const after = await publicAddressOf(ec2, InstanceId);
    assert.ok(after && after !== PublicIp && after !== lent, after);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    const gone = await refusalOf(ec2.send(new DescribeAddressesCommand({ AllocationIds: [AllocationId] })));
    assert.equal(gone.code, 'InvalidAllocationID.NotFound');
  });

  it('move only when asked to, and are freed by the end of their instance', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    await network.addGateway();
    const [first, second] = [await network.launch(), await network.launch()];
    const { AllocationId, PublicIp } = await network.allocate();
    await associate(network, { AllocationId, NetworkInterfaceId: first.NetworkInterfaceId });
    const move = { AllocationId, InstanceId: second.InstanceId };
    assert.equal(await codeOf(associate(network, move)), 'Resource.AlreadyAssociated');
    await associate(network, { ...move, AllowReassociation: true });
    assert.equal(await publicAddressOf(ec2, first.InstanceId), undefined);
    const Filters = [{ Name: 'instance-id', Values: [second.InstanceId] }];
    const found = await ec2.send(new DescribeAddressesCommand({ Filters }));
    assert.equal(found.Addresses?.[0]?.PublicIp, PublicIp);
    const listed = await ec2.send(
      new DescribeNetworkInterfacesCommand({
        Filters: [{ Name: 'association.allocation-id', Values: [AllocationId] }],
      }),
    );
    assert.equal(listed.NetworkInterfaces?.[0]?.Association?.IpOwnerId, '444455556666');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [second.InstanceId] }));
    network.pass(120_000);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
  });

  it('are five at most', async () => {
    const network = await startPracticeNetwork();
    for (let count = 0; count < 5; count++) await network.allocate();
    assert.equal(await codeOf(network.allocate()), 'AddressLimitExceeded');
  });
});

describe('NAT gateways', () => {
  const create = async ({ ec2, SubnetId }: PracticeNetwork, AllocationId: string) =>
    (await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }))).NatGateway?.NatGatewayId ?? '';
  const describeOne = async ({ ec2 }: PracticeNetwork, id: string) =>
    (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }))).NatGateways?.[0];

  it('become available, carry a route, and go with their interface but not with their address', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    await network.addGateway();
    const { AllocationId, PublicIp } = await network.allocate();
    const id = await create(network, AllocationId);
    assert.equal((await describeOne(network, id))?.State, 'pending');
    network.pass(120_000);
    const available = await describeOne(network, id);
    assert.equal(available?.State, 'available');
    assert.equal(available?.NatGatewayAddresses?.[0]?.PublicIp, PublicIp);
    const route = { RouteTableId: network.mainTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: id };
    await ec2.send(new CreateRouteCommand(route));
    const Filters = [{ Name: 'description', Values: [`Interface for NAT Gateway ${id}`] }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    assert.deepEqual(
      NetworkInterfaces?.map(item => [item.InterfaceType, item.RequesterManaged, item.Association?.AllocationId]),
      [['nat_gateway', true, AllocationId]],
    );
    assert.equal(await codeOf(ec2.send(new ReleaseAddressCommand({ AllocationId }))), 'AuthFailure');
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
    assert.equal((await network.routes())[1]?.State, 'blackhole');
    assert.equal((await describeOne(network, id))?.State, 'deleting');
    network.pass(90_000);
    assert.equal((await describeOne(network, id))?.State, 'deleted');
    assert.equal((await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces?.length, 0);
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    network.pass(3_700_000);
    assert.equal(await codeOf(describeOne(network, id)), 'NatGatewayNotFound');
  });

  it('fail a little later without an internet gateway, or with an address in use', async () => {
    const network = await startPracticeNetwork();
    const { AllocationId } = await network.allocate();
    const id = await create(network, AllocationId);
    assert.equal((await describeOne(network, id))?.State, 'pending');
    network.pass(15_000);
    const failed = await describeOne(network, id);
    assert.deepEqual([failed?.State, failed?.FailureCode], ['failed', 'Gateway.NotAttached']);
    assert.equal(failed?.FailureMessage, `Network ${network.VpcId} has no Internet gateway attached`);
    await network.addGateway();
    await create(network, AllocationId);
    const third = await create(network, AllocationId);
    network.pass(15_000);
    assert.equal((await describeOne(network, third))?.FailureCode, 'Resource.AlreadyAssociated');
  });

  it('want an address when they are public, none when they are private', async () => {
    const network = await startPracticeNetwork();
    const { ec2, SubnetId } = network;
    const wish = (change: object) => ec2.send(new CreateNatGatewayCommand({ SubnetId, ...change }));
    assert.equal(await codeOf(wish({})), 'MissingParameter');
    const missing = { AllocationId: 'eipalloc-0123456789abcdef0' };
    assert.equal(await codeOf(wish(missing)), 'InvalidAllocationID.NotFound');
    assert.equal(await codeOf(wish({ AvailabilityMode: 'regional' })), 'UnsupportedOperation');
    const { NatGateway } = await wish({ ConnectivityType: 'private', PrivateIpAddress: '10.0.0.77' });
    assert.equal(NatGateway?.NatGatewayAddresses?.[0]?.PrivateIp, '10.0.0.77');
    assert.equal(NatGateway?.ConnectivityType, 'private');
  });
});
