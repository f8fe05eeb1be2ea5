import assert from 'node:assert/strict';
import { EndpointStore } from '../../../../src/app/endpointStore';
import { createInterfaceEndpoint } from '../../../../src/app/operations/createInterfaceEndpoint';
import { deleteEndpoint, endpointLoss } from '../../../../src/app/operations/deleteEndpoint';
import { planEndpoint } from '../../../../src/app/operations/planEndpoint';
import { readEndpointChoices } from '../../../../src/app/operations/readEndpointChoices';
import { summarizeEndpoint } from '../../../../src/app/operations/summarizeEndpoint';
import { LabError } from '../../../../src/core/errors';
import { known } from '../../../../src/core/snapshot';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock, settle } from '../../../support/handClock';
import { ec2Name, endpoint, endpointGroupId, endpointId } from '../../../support/networkBuilders';

async function plan(cloud: FakeCloud) {
  const choices = await readEndpointChoices(cloud.scope);
  return [choices, summarizeEndpoint(choices, planEndpoint(choices))] as const;
}

function emptyCloud(): FakeCloud {
  const cloud = new FakeCloud();
  cloud.endpoints = [];
  return cloud;
}

describe('creating an interface endpoint', () => {
  it('uses a group that is there', async () => {
    const cloud = emptyCloud();
    await createInterfaceEndpoint(cloud.scope, ...(await plan(cloud)), { clientToken: 'token-1' });
    assert.equal(cloud.count('createSecurityGroup'), 0);
    assert.deepEqual(cloud.created[0]?.securityGroupIds, [endpointGroupId]);
    assert.deepEqual(cloud.created[0]?.tags, { Name: 'vpc-labs-ec2' });
    assert.equal(cloud.created[0]?.clientToken, 'token-1');
  });

  it('makes a group that admits 443 from the VPC when none does', async () => {
    const cloud = emptyCloud();
    cloud.snapshot = { ...cloud.snapshot, securityGroups: known([]) };
    await createInterfaceEndpoint(cloud.scope, ...(await plan(cloud)));
    assert.deepEqual(
      cloud.calls.filter(call => !/^(read|list)/.test(call)),
      ['createSecurityGroup', 'authorizeIngress 172.31.0.0/16', 'createInterfaceEndpoint'],
    );
    assert.deepEqual(cloud.created[0]?.securityGroupIds, ['sg-000000000000000ff']);
  });

  it('gives every endpoint a token of its own', async () => {
    const cloud = emptyCloud();
    await createInterfaceEndpoint(cloud.scope, ...(await plan(cloud)));
    await createInterfaceEndpoint(cloud.scope, ...(await plan(cloud)));
    const [one, other] = cloud.created.map(({ clientToken }) => clientToken);
    assert.notEqual(one, other);
    assert.ok((one?.length ?? 99) <= 64);
  });

  it('takes its group away again when AWS refuses the endpoint', async () => {
    const cloud = emptyCloud();
    cloud.snapshot = { ...cloud.snapshot, securityGroups: known([]) };
    cloud.failures.set(
      'createInterfaceEndpoint',
      new LabError('limitExceeded', {}, { cloudCode: 'VpcEndpointLimitExceeded' }),
    );
    const planned = await plan(cloud);
    await assert.rejects(createInterfaceEndpoint(cloud.scope, ...planned), /limitExceeded/);
    assert.equal(cloud.calls.at(-1), 'deleteSecurityGroup');
  });

  it('keeps its group when the answer got lost, because the endpoint may exist', async () => {
    const cloud = emptyCloud();
    cloud.snapshot = { ...cloud.snapshot, securityGroups: known([]) };
    cloud.failures.set('createInterfaceEndpoint', new LabError('cloudUnreachable'));
    const planned = await plan(cloud);
    await assert.rejects(createInterfaceEndpoint(cloud.scope, ...planned), /cloudUnreachable/);
    assert.equal(cloud.count('deleteSecurityGroup'), 0);
  });

  it('tells the store, which shows the endpoint', async () => {
    const cloud = emptyCloud();
    const store = new EndpointStore(new HandClock());
    await store.load(cloud.scope);
    await createInterfaceEndpoint(cloud.scope, ...(await plan(cloud)), { store });
    await settle();
    assert.equal(store.find(cloud.scope, endpointId)?.endpoint.state, 'pending');
  });
});

describe('deleting an endpoint', () => {
  it('names what is lost', async () => {
    const cloud = new FakeCloud();
    const own = endpoint();
    cloud.endpoints = [endpoint({ dnsEntries: [...own.dnsEntries, { name: ec2Name, hostedZoneId: 'Z1' }] })];
    const [details] = await new EndpointStore(new HandClock()).load(cloud.scope);
    assert.ok(details);
    const loss = endpointLoss(details);
    assert.equal(loss.name, 'demo-interface-endpoint');
    assert.deepEqual(loss.privateDnsNames, [ec2Name]);
    assert.deepEqual(
      loss.interfaces.map(({ address }) => address),
      ['172.31.36.107', '172.31.14.109'],
    );
  });

  it('takes an endpoint that is gone already as deleted', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('deleteEndpoint', new LabError('endpointNotFound'));
    await deleteEndpoint(cloud.scope, endpointId);
  });

  it('says so when AWS keeps the endpoint', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('deleteEndpoint', new LabError('endpointNotDeleted'));
    await assert.rejects(deleteEndpoint(cloud.scope, endpointId), /endpointNotDeleted/);
  });
});
