import assert from 'node:assert/strict';
import {
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkInterfaceCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfaceAttributeCommand,
  DescribeNetworkInterfacesCommand,
  DetachNetworkInterfaceCommand,
  DisassociateAddressCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type ModifyNetworkInterfaceAttributeCommandInput,
  ResetNetworkInterfaceAttributeCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf, refusalOf } from '../../../support/refusal';

async function newInterface({ ec2, SubnetId }: PracticeNetwork, change: object = {}): Promise<string> {
  const made = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, ...change }));
  assert.equal(made.NetworkInterface?.Status, 'pending');
  return made.NetworkInterface?.NetworkInterfaceId ?? '';
}

const find = async ({ ec2 }: PracticeNetwork, id: string) =>
  (await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }))).NetworkInterfaces?.[0];

const modify = (
  { ec2 }: PracticeNetwork,
  NetworkInterfaceId: string,
  change: Partial<ModifyNetworkInterfaceAttributeCommandInput>,
) => ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, ...change }));

describe('network interfaces', () => {
  it('are made in a subnet, and go unless they are in use', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const id = await newInterface(network, { PrivateIpAddress: '10.0.0.99', Description: 'spare' });
    const made = await find(network, id);
    assert.deepEqual(
      [made?.Status, made?.PrivateIpAddress, made?.RequesterManaged, made?.Attachment, made?.Groups?.[0]?.GroupName],
      ['available', '10.0.0.99', false, undefined, 'default'],
    );
    const taken = newInterface(network, { PrivateIpAddress: '10.0.0.99' });
    assert.equal(await codeOf(taken), 'InvalidIPAddress.InUse');
    assert.equal(await codeOf(newInterface(network, { SecondaryPrivateIpAddressCount: 2 })), 'UnsupportedOperation');
    const { NetworkInterfaceId } = await network.launch();
    const used = await refusalOf(ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })));
    assert.equal(used.message, `Network interface '${NetworkInterfaceId}' is currently in use.`);
    const route = { RouteTableId: network.mainTableId, DestinationCidrBlock: '192.168.0.0/24', NetworkInterfaceId: id };
    await ec2.send(new CreateRouteCommand(route));
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    assert.equal(await codeOf(find(network, id)), 'InvalidNetworkInterfaceID.NotFound');
    assert.equal((await network.routes())[1]?.State, 'blackhole');
  });

  it('are attached at a free index, as many as the type takes, and outlive the instance unless told otherwise', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const { InstanceId, NetworkInterfaceId: first } = await network.launch();
    const [second, third] = [await newInterface(network), await newInterface(network)];
    const attach = (NetworkInterfaceId: string, DeviceIndex: number) =>
      ec2.send(new AttachNetworkInterfaceCommand({ InstanceId, NetworkInterfaceId, DeviceIndex }));
    assert.equal(await codeOf(attach(second, 0)), 'InvalidParameterValue');
    const { AttachmentId } = await attach(second, 1);
    assert.equal(await codeOf(attach(second, 1)), 'InvalidNetworkInterface.InUse');
    const many = await refusalOf(attach(third, 2));
    assert.deepEqual(
      [many.code, many.message],
      ['AttachmentLimitExceeded', 'Interface count 3 exceeds the limit for t3.micro'],
    );
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
    assert.deepEqual(
      Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces?.map(item => item.NetworkInterfaceId),
      [first, second],
    );
    const detach = (id: string | undefined) => ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: id }));
    const primary = (await find(network, first))?.Attachment?.AttachmentId;
    assert.equal(await codeOf(detach(primary)), 'OperationNotPermitted');
    await detach(AttachmentId);
    assert.equal(await codeOf(detach(AttachmentId)), 'InvalidAttachmentID.NotFound');
    const again = await attach(second, 1);
    const kept = { AttachmentId: primary, DeleteOnTermination: false };
    await modify(network, first, { Attachment: kept });
    await modify(network, second, { Attachment: { AttachmentId: again.AttachmentId, DeleteOnTermination: true } });
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
    network.pass(120_000);
    assert.equal((await find(network, first))?.Status, 'available');
    assert.equal(await codeOf(find(network, second)), 'InvalidNetworkInterfaceID.NotFound');
  });

  it('lose their lent public address on a running instance when it is not wanted any more', async () => {
    const network = await startPracticeNetwork();
    await network.addGateway();
    const { NetworkInterfaceId } = await network.launch(true);
    const wish = (AssociatePublicIpAddress: boolean) =>
      modify(network, NetworkInterfaceId, { AssociatePublicIpAddress });
    const shown = async () => (await find(network, NetworkInterfaceId))?.Association?.PublicIp;
    const before = await shown();
    assert.ok(before);
    await wish(false);
    assert.equal(await shown(), undefined);
    await wish(true);
    assert.ok((await shown()) !== before);
    const { AllocationId, PublicIp } = await network.allocate();
    const associate = new AssociateAddressCommand({ AllocationId, NetworkInterfaceId });
    const { AssociationId } = await network.ec2.send(associate);
    await wish(false);
    assert.equal(await shown(), PublicIp);
    await network.ec2.send(new DisassociateAddressCommand({ AssociationId }));
    assert.equal(await shown(), undefined);
  });

  it('change one attribute at a time, and tell each', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId } = network;
    const { NetworkInterfaceId } = await network.launch();
    const group = { GroupName: 'mine', Description: 'd', VpcId };
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
    await modify(network, NetworkInterfaceId, { Groups: [GroupId] });
    await modify(network, NetworkInterfaceId, { SourceDestCheck: { Value: false } });
    await modify(network, NetworkInterfaceId, { Description: { Value: 'router' } });
    const both = { Description: { Value: 'x' }, SourceDestCheck: { Value: true } };
    assert.equal(await codeOf(modify(network, NetworkInterfaceId, both)), 'InvalidParameterCombination');
    assert.equal(await codeOf(modify(network, NetworkInterfaceId, {})), 'MissingParameter');
    const ask = (Attribute: 'description' | 'groupSet' | 'sourceDestCheck' | 'attachment') =>
      ec2.send(new DescribeNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Attribute }));
    assert.equal((await ask('description')).Description?.Value, 'router');
    assert.equal((await ask('groupSet')).Groups?.[0]?.GroupId, GroupId);
    assert.equal((await ask('sourceDestCheck')).SourceDestCheck?.Value, false);
    assert.equal((await ask('attachment')).Attachment?.DeviceIndex, 0);
    await ec2.send(new ResetNetworkInterfaceAttributeCommand({ NetworkInterfaceId }));
    assert.equal((await find(network, NetworkInterfaceId))?.SourceDestCheck, true);
    const Filters = [{ Name: 'instance.group-id', Values: [GroupId] }];
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    assert.equal(Reservations?.length, 1);
  });
});
