import assert from 'node:assert/strict';
import {
  AcceptVpcPeeringConnectionCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  type CreateVpcPeeringConnectionCommandInput,
  DeleteSecurityGroupCommand,
  DeleteVpcCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupReferencesCommand,
  DescribeSecurityGroupsCommand,
  DescribeStaleSecurityGroupsCommand,
  DescribeVpcPeeringConnectionsCommand,
  type EC2Client,
  ModifyVpcAttributeCommand,
  ModifyVpcPeeringConnectionOptionsCommand,
  RejectVpcPeeringConnectionCommand,
} from '@aws-sdk/client-ec2';
import { clientsOf, startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const provider = '111122223333';
const consumer = '444455556666';

async function newVpc(ec2: EC2Client, CidrBlock: string): Promise<string> {
  return (await ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId ?? '';
}

/** The consumer's VPC 10.0.0.0/16 and the provider's 10.1.0.0/16, and the means to peer them. */
async function startPeers(peerRange = '10.1.0.0/16', peerRegion = 'ap-south-1') {
  const test = startTestCloud('default-vpc');
  const { ec2 } = test.clients(1);
  const peer = clientsOf(test.cloud, 0, { region: peerRegion }).ec2;
  const [VpcId, PeerVpcId] = [await newVpc(ec2, '10.0.0.0/16'), await newVpc(peer, peerRange)];
  const pass = (durationMs: number) => {
    test.timeline.advanceTo(test.timeline.now() + durationMs);
    for (const client of [ec2, peer]) client.config.systemClockOffset = test.timeline.now() - Date.now();
  };
  const request = async (change: Partial<CreateVpcPeeringConnectionCommandInput> = {}) => {
    const input = { VpcId, PeerVpcId, PeerOwnerId: provider, PeerRegion: peerRegion, ...change };
    const made = (await ec2.send(new CreateVpcPeeringConnectionCommand(input))).VpcPeeringConnection;
    return made?.VpcPeeringConnectionId ?? '';
  };
  return { ...test, ec2, peer, VpcId, PeerVpcId, pass, request };
}

const describeOne = async (ec2: EC2Client, id: string) =>
  (await ec2.send(new DescribeVpcPeeringConnectionsCommand({ VpcPeeringConnectionIds: [id] })))
    .VpcPeeringConnections?.[0];

const accept = (ec2: EC2Client, VpcPeeringConnectionId: string) =>
  ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));

const remove = (ec2: EC2Client, VpcPeeringConnectionId: string) =>
  ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));

describe('VPC peering connections', () => {
  it('go from request to active, and tell each side no more than it may know', async () => {
    const { ec2, peer, VpcId, PeerVpcId, pass, request } = await startPeers();
    const id = await request();
    const initiating = await describeOne(ec2, id);
    assert.deepEqual(initiating?.Status, {
      Code: 'initiating-request',
      Message: `Initiating Request to ${provider}`,
    });
    assert.equal(await codeOf(describeOne(peer, id)), 'InvalidVpcPeeringConnectionID.NotFound');
    pass(2000);
    const pending = await describeOne(peer, id);
    assert.deepEqual(pending?.Status, { Code: 'pending-acceptance', Message: `Pending Acceptance by ${provider}` });
    assert.equal(pending?.RequesterVpcInfo?.CidrBlock, '10.0.0.0/16');
    assert.equal((await describeOne(ec2, id))?.AccepterVpcInfo?.CidrBlock, undefined);
    const week = (pending?.ExpirationTime?.getTime() ?? 0) - Date.now();
    assert.ok(Math.abs(week - 7 * 86_400_000) < 60_000);
    const { VpcPeeringConnection } = await accept(peer, id);
    assert.deepEqual(VpcPeeringConnection?.Status, { Code: 'provisioning', Message: 'Provisioning' });
    pass(5000);
    const active = await describeOne(ec2, id);
    assert.deepEqual(active?.Status, { Code: 'active', Message: 'Active' });
    assert.equal(active?.ExpirationTime, undefined);
    assert.deepEqual(active?.AccepterVpcInfo?.CidrBlockSet, [{ CidrBlock: '10.1.0.0/16' }]);
    assert.deepEqual(
      [active?.RequesterVpcInfo?.VpcId, active?.AccepterVpcInfo?.VpcId, active?.AccepterVpcInfo?.Region],
      [VpcId, PeerVpcId, 'ap-south-1'],
    );
  });

  it('fail a little later for a wrong VPC, account or Region, or for ranges that overlap', async () => {
    const { ec2, peer, PeerVpcId, VpcId, pass, request } = await startPeers('10.0.128.0/17');
    const ids = [
      await request(),
      await request({ PeerVpcId: 'vpc-0123456789abcdef0' }),
      await request({ PeerOwnerId: '999988887777' }),
      await request({ PeerRegion: 'us-east-1' }),
      await request({ PeerVpcId: VpcId, PeerOwnerId: consumer }),
    ];
    pass(2000);
    for (const id of ids)
      assert.deepEqual((await describeOne(ec2, id))?.Status, {
        Code: 'failed',
        Message: 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range',
      });
    const { code, message } = await refusalOf(remove(ec2, ids[0] ?? ''));
    assert.deepEqual(
      [code, message],
      [
        'InvalidStateTransition',
        `Invalid state transition for ${ids[0]}, attempted to transition from failed to deleting`,
      ],
    );
    assert.equal((await peer.send(new DescribeVpcPeeringConnectionsCommand({}))).VpcPeeringConnections?.length, 0);
    pass(3 * 3_600_000);
    assert.equal(await codeOf(describeOne(ec2, ids[0] ?? '')), 'InvalidVpcPeeringConnectionID.NotFound');
    await ec2.send(new DeleteVpcCommand({ VpcId }));
    await peer.send(new DeleteVpcCommand({ VpcId: PeerVpcId }));
  });

  it('are accepted by the accepter alone, in the Region of its VPC', async () => {
    const { cloud, ec2, peer, pass, request } = await startPeers('10.1.0.0/16', 'us-east-1');
    const id = await request();
    pass(2000);
    const byRequester = await refusalOf(accept(ec2, id));
    assert.deepEqual(
      [byRequester.code, byRequester.message],
      ['OperationNotPermitted', `User (${consumer}) cannot accept peering ${id}`],
    );
    const elsewhere = clientsOf(cloud, 0, { region: 'ap-south-1' }).ec2;
    const wrongRegion = await refusalOf(accept(elsewhere, id));
    assert.deepEqual(
      [wrongRegion.code, wrongRegion.message],
      [
        'OperationNotPermitted',
        `Incorrect region (ap-south-1) specified for this request. VPC peering connection ${id} must be accepted in region us-east-1`,
      ],
    );
    const nowhere = clientsOf(cloud, 0, { region: 'eu-west-1' }).ec2;
    assert.equal(await codeOf(accept(nowhere, id)), 'InvalidVpcPeeringConnectionID.NotFound');
    await accept(peer, id);
    pass(5000);
    assert.equal((await describeOne(ec2, id))?.Status?.Code, 'active');
    assert.equal(await codeOf(accept(peer, id)), 'InvalidStateTransition');
    await remove(ec2, id);
    assert.equal((await describeOne(peer, id))?.Status?.Code, 'deleting');
    pass(10_000);
    assert.deepEqual((await describeOne(peer, id))?.Status, { Code: 'deleted', Message: `Deleted by ${consumer}` });
    pass(3 * 3_600_000);
    assert.equal(await codeOf(describeOne(ec2, id)), 'InvalidVpcPeeringConnectionID.NotFound');
    assert.equal((await describeOne(peer, id))?.Status?.Code, 'deleted');
  });

  it('are rejected while they are pending, and expire after seven days', async () => {
    const { ec2, peer, pass, request } = await startPeers();
    const reject = (client: EC2Client, VpcPeeringConnectionId: string) =>
      client.send(new RejectVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    const id = await request();
    pass(2000);
    assert.equal(await codeOf(reject(ec2, id)), 'OperationNotPermitted');
    assert.equal(await codeOf(remove(peer, id)), 'OperationNotPermitted');
    await reject(peer, id);
    assert.equal((await describeOne(ec2, id))?.Status?.Code, 'rejected');
    assert.equal(await codeOf(reject(peer, id)), 'InvalidStateTransition');
    const second = await request();
    pass(7 * 86_400_000);
    assert.equal((await describeOne(ec2, second))?.Status?.Code, 'expired');
    assert.equal(await codeOf(accept(peer, second)), 'InvalidStateTransition');
    const third = await request();
    pass(2000);
    await remove(ec2, third);
    assert.equal((await describeOne(peer, third))?.Status?.Code, 'deleted');
  });

  it('stand once between two VPCs, and hold them', async () => {
    const { peer, VpcId, PeerVpcId, pass, request } = await startPeers();
    const id = await request();
    const again = await refusalOf(request());
    assert.deepEqual(
      [again.code, again.message],
      ['VpcPeeringConnectionAlreadyExists', `The vpc peering connection identified by ${id} already exists.`],
    );
    pass(2000);
    const back = { VpcId: PeerVpcId, PeerVpcId: VpcId, PeerOwnerId: consumer };
    const mirrored = peer.send(new CreateVpcPeeringConnectionCommand(back));
    assert.equal(await codeOf(mirrored), 'VpcPeeringConnectionAlreadyExists');
    await accept(peer, id);
    pass(5000);
    assert.equal(await codeOf(peer.send(new DeleteVpcCommand({ VpcId: PeerVpcId }))), 'DependencyViolation');
    await remove(peer, id);
    await peer.send(new DeleteVpcCommand({ VpcId: PeerVpcId }));
  });

  it('are a blackhole for routes while they are not active', async () => {
    const { ec2, peer, VpcId, pass, request } = await startPeers();
    const id = await request();
    pass(2000);
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const tables = async () => (await ec2.send(new DescribeRouteTablesCommand({ Filters }))).RouteTables?.[0];
    const RouteTableId = (await tables())?.RouteTableId;
    const route = { RouteTableId, DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: id };
    await ec2.send(new CreateRouteCommand(route));
    const state = async () => (await tables())?.Routes?.[1]?.State;
    assert.equal(await state(), 'blackhole');
    await accept(peer, id);
    pass(5000);
    assert.equal(await state(), 'active');
    await remove(peer, id);
    assert.equal(await state(), 'blackhole');
  });

  it('keep tags and options of each side apart', async () => {
    const { ec2, peer, VpcId, PeerVpcId, pass, request } = await startPeers();
    const id = await request();
    const modify = (client: EC2Client, side: 'Requester' | 'Accepter') =>
      client.send(
        new ModifyVpcPeeringConnectionOptionsCommand({
          VpcPeeringConnectionId: id,
          [`${side}PeeringConnectionOptions`]: { AllowDnsResolutionFromRemoteVpc: true },
        }),
      );
    pass(2000);
    const early = await refusalOf(modify(ec2, 'Requester'));
    assert.equal(early.message, `Peering ${id} is not active. Peering options can be added only to active peerings.`);
    await accept(peer, id);
    pass(5000);
    assert.equal(await codeOf(modify(ec2, 'Requester')), 'InvalidVpcPeeringConnectionState.DnsHostnamesDisabled');
    for (const [client, vpc] of [
      [ec2, VpcId],
      [peer, PeerVpcId],
    ] as const)
      await client.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }));
    assert.equal(await codeOf(modify(ec2, 'Accepter')), 'OperationNotPermitted');
    await modify(peer, 'Accepter');
    const seen = await describeOne(ec2, id);
    assert.equal(seen?.AccepterVpcInfo?.PeeringOptions?.AllowDnsResolutionFromRemoteVpc, true);
    assert.equal(seen?.RequesterVpcInfo?.PeeringOptions?.AllowDnsResolutionFromRemoteVpc, false);
    await peer.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'theirs' }] }));
    assert.deepEqual((await describeOne(ec2, id))?.Tags, []);
    assert.deepEqual((await describeOne(peer, id))?.Tags, [{ Key: 'Name', Value: 'theirs' }]);
  });

  it('let rules name groups of the other side, which become stale', async () => {
    const { ec2, peer, VpcId, PeerVpcId, pass, request } = await startPeers();
    const newGroup = async (client: EC2Client, vpc: string) =>
      (await client.send(new CreateSecurityGroupCommand({ GroupName: 'g', Description: 'd', VpcId: vpc }))).GroupId ??
      '';
    const [GroupId, theirs] = [await newGroup(ec2, VpcId), await newGroup(peer, PeerVpcId)];
    const UserIdGroupPairs = [{ GroupId: theirs, UserId: provider }];
    const IpPermissions = [{ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, UserIdGroupPairs }];
    const authorize = () => ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    assert.equal(await codeOf(authorize()), 'InvalidGroup.NotFound');
    const id = await request();
    pass(2000);
    assert.equal(await codeOf(authorize()), 'InvalidGroup.NotFound');
    await accept(peer, id);
    pass(5000);
    await authorize();
    const pairs = async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))).SecurityGroups?.[0]
        ?.IpPermissions?.[0]?.UserIdGroupPairs?.[0];
    assert.deepEqual(await pairs(), {
      GroupId: theirs,
      PeeringStatus: 'active',
      UserId: provider,
      VpcId: PeerVpcId,
      VpcPeeringConnectionId: id,
    });
    const references = await peer.send(new DescribeSecurityGroupReferencesCommand({ GroupId: [theirs] }));
    assert.deepEqual(references.SecurityGroupReferenceSet, [
      { GroupId: theirs, ReferencingVpcId: VpcId, VpcPeeringConnectionId: id },
    ]);
    const stale = async () =>
      (await ec2.send(new DescribeStaleSecurityGroupsCommand({ VpcId }))).StaleSecurityGroupSet ?? [];
    assert.deepEqual(await stale(), []);
    await remove(peer, id);
    assert.equal((await pairs())?.PeeringStatus, 'deleted');
    assert.deepEqual(
      (await stale()).map(group => group.GroupId),
      [GroupId],
    );
    await peer.send(new DeleteSecurityGroupCommand({ GroupId: theirs }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  });
});
