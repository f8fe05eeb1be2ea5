import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { accountId, peeringConnectionId, region, vpcId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { PracticeScopes } from '../../support/practiceScopes';
import { ec2, ec2Error, wireCloud } from '../../support/wireCloud';

const id = peeringConnectionId('pcx-0123456789abcdef0');
const input = {
  vpcId: vpcId('vpc-0123456789abcdef0'),
  peerVpcId: vpcId('vpc-0123456789abcdef1'),
  peerAccountId: accountId('444455556666'),
  peerRegion: region('us-east-1'),
  tags: {},
};

const item = (status: string, message = '') => `<vpcPeeringConnectionId>${id}</vpcPeeringConnectionId>
  <requesterVpcInfo><ownerId>111122223333</ownerId><vpcId>${input.vpcId}</vpcId><region>ap-south-1</region>
  <cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockSet><item><cidrBlock>10.0.0.0/16</cidrBlock></item><item><cidrBlock>10.1.0.0/16</cidrBlock></item></cidrBlockSet>
  <peeringOptions><allowDnsResolutionFromRemoteVpc>true</allowDnsResolutionFromRemoteVpc></peeringOptions></requesterVpcInfo>
  <accepterVpcInfo><ownerId>444455556666</ownerId><vpcId>${input.peerVpcId}</vpcId><region>us-east-1</region></accepterVpcInfo>
  <status><code>${status}</code><message>${message}</message></status><expirationTime>2026-11-28T09:00:00Z</expirationTime>`;
const list = (status: string, message = '') =>
  ec2(
    'DescribeVpcPeeringConnections',
    `<vpcPeeringConnectionSet><item>${item(status, message)}</item></vpcPeeringConnectionSet>`,
  );

describe('the gateway of peering connections', () => {
  before(() => PracticeScopes.load());

  it('reads both sides, every range of each, and what is not known of the other yet as none', async () => {
    const cloud = wireCloud({ DescribeVpcPeeringConnections: list('pending-acceptance', 'Pending Acceptance') });
    const found = await createGateways(awsConnection(cloud.handle)).peering.findPeeringConnection(id);
    assert.equal(found?.state, 'pendingAcceptance');
    assert.deepEqual(found.requester.cidrBlocks, ['10.0.0.0/16', '10.1.0.0/16']);
    assert.equal(found.requester.allowsRemoteDnsResolution, true);
    assert.deepEqual(found.accepter.cidrBlocks, []);
    assert.equal(found.expiresAtMs, Date.parse('2026-11-28T09:00:00Z'));
  });

  it('names the account and the region of the other VPC, and asks for a connection without tags when there are none', async () => {
    const answer = `<vpcPeeringConnection>${item('initiating-request')}</vpcPeeringConnection>`;
    const cloud = wireCloud({ CreateVpcPeeringConnection: ec2('CreateVpcPeeringConnection', answer) });
    await createGateways(awsConnection(cloud.handle)).peering.createPeeringConnection(input);
    assert.deepEqual(cloud.calls[0]?.parameters, {
      Action: 'CreateVpcPeeringConnection',
      Version: '2016-11-15',
      VpcId: input.vpcId,
      PeerVpcId: input.peerVpcId,
      PeerOwnerId: '444455556666',
      PeerRegion: 'us-east-1',
    });
  });

  it('says a failure that AWS tells only afterwards, in its words', async () => {
    const cloud = wireCloud({ DescribeVpcPeeringConnections: list('failed', 'Failed due to incorrect VPC-ID') });
    await assert.rejects(createGateways(awsConnection(cloud.handle)).peering.settled(id), {
      code: 'peeringFailed',
      parameters: { id, detail: 'Failed due to incorrect VPC-ID' },
    });
  });

  it('says that a request cannot be answered, and that another peering is there', async () => {
    const cloud = wireCloud({
      AcceptVpcPeeringConnection: ec2Error('OperationNotPermitted', `User (111122223333) cannot accept peering ${id}`),
      RejectVpcPeeringConnection: ec2Error('InvalidStateTransition', `Invalid state transition for ${id}`),
      CreateVpcPeeringConnection: ec2Error('VpcPeeringConnectionAlreadyExists', 'exists'),
    });
    const { peering } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(peering.acceptPeeringConnection(id), { code: 'peeringNotAnswerable' });
    await assert.rejects(peering.rejectPeeringConnection(id), { code: 'peeringNotAnswerable' });
    await assert.rejects(peering.createPeeringConnection(input), { code: 'peeringExists' });
  });

  it('waits through provisioning, and each side sets its own names', async () => {
    const practice = new PracticeScopes();
    const [provider, consumer] = await practice.run(
      Promise.all([practice.provider.gateways(), practice.consumer.gateways()]),
    );
    const [own, other] = await practice.run(
      Promise.all([provider.network.readSnapshot(['vpcs']), consumer.network.readSnapshot(['vpcs'])]),
    );
    assert.ok(own.vpcs.known && other.vpcs.known);
    const fresh = await practice.run(provider.vpcs.createVpc({ cidrBlock: '10.77.0.0/16', tags: {} }));
    const made = await practice.run(
      provider.peering.createPeeringConnection({
        ...input,
        vpcId: fresh.id,
        peerVpcId: other.vpcs.value[0]!.id,
        peerAccountId: other.place.accountId,
        peerRegion: other.place.region,
      }),
    );
    assert.equal((await practice.run(provider.peering.settled(made.id))).state, 'pendingAcceptance');
    await practice.run(consumer.peering.acceptPeeringConnection(made.id));
    assert.equal((await practice.run(consumer.peering.settled(made.id))).state, 'active');
    await assert.rejects(practice.run(provider.peering.allowRemoteDns(made.id, 'accepter', true)), {
      code: 'peeringNotAnswerable',
    });
    practice.dispose();
  });
});
