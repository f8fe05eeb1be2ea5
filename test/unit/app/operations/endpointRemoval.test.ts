import assert from 'node:assert/strict';
import type { EndpointEntry } from '../../../../src/app/appModel';
import { EndpointJoiner } from '../../../../src/app/endpointJoiner';
import { planEndpointRemoval } from '../../../../src/app/operations/planEndpointRemoval';
import { planInstanceConnectEndpoint } from '../../../../src/app/operations/planInstanceConnectEndpoint';
import { readInstanceConnectChoices } from '../../../../src/app/operations/readInstanceConnectChoices';
import { LabError } from '../../../../src/core/errors';
import { EndpointDesk, valueIn, without } from '../../../support/endpointDesk';
import { FakeCloud } from '../../../support/fakeGateways';
import { endpoint as fakeEndpoint, snapshot as fakeSnapshot } from '../../../support/networkBuilders';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('deleting endpoints', () => {
  let desk: EndpointDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  async function connectEntry(): Promise<EndpointEntry> {
    const choices = await desk.run(readInstanceConnectChoices(desk.scope));
    const subnetId = choices.subnets[0]?.id;
    assert.ok(subnetId);
    const request = { subnetId, securityGroupIds: [], preservesClientIp: false, name: 'way in' };
    const made = await desk.carryOut(planInstanceConnectEndpoint(desk.scope, choices, request));
    return new EndpointJoiner(await desk.snapshot()).instanceConnect(made);
  }

  async function interfaceEntry(service = 'ec2'): Promise<EndpointEntry> {
    const made = await desk.interfaceEndpoint(service, true);
    return new EndpointJoiner(await desk.snapshot()).endpoint(made);
  }

  async function gatewayEntry(): Promise<EndpointEntry> {
    const { endpoints } = await desk.gateways();
    const [table] = valueIn((await desk.snapshot()).routeTables);
    assert.ok(table);
    const made = await desk.run(
      endpoints.createGatewayEndpoint({
        vpcId: table.vpcId,
        serviceName: 'com.amazonaws.ap-south-1.s3',
        routeTableIds: [table.id],
        tags: {},
        clientToken: 'files',
      }),
    );
    return new EndpointJoiner(await desk.snapshot()).endpoint(made);
  }

  const left = async () => {
    const gateways = await desk.gateways();
    const all = [
      ...(await desk.run(gateways.endpoints.listEndpoints())),
      ...(await desk.run(gateways.instanceConnectEndpoints.listInstanceConnectEndpoints())),
    ];
    return all.filter(({ state }) => !/^delet/.test(state)).map(({ id }) => id);
  };

  it('names names, addresses and what is saved for one, and asks once for several of all kinds', async () => {
    const [one, gateway, connect] = [await interfaceEntry(), await gatewayEntry(), await connectEntry()];
    const single = planEndpointRemoval(desk.scope, [one]);
    assert.equal(single.question, 'Delete tried');
    assert.match(single.losses.join('\n'), /172\.31\..*\n.*ec2\.ap-south-1\.amazonaws\.com leads to public/);
    assert.match(single.losses.at(-1) ?? '', /Saves about 0\.01 USD an hour/);
    assert.match(planEndpointRemoval(desk.scope, [gateway]).losses[0] ?? '', /s3 is reached by other routes again/);
    assert.match(planEndpointRemoval(desk.scope, [connect]).losses[0] ?? '', /SSH and RDP connections/);
    const all = planEndpointRemoval(desk.scope, [one, gateway, connect]);
    assert.equal(all.verb, 'Delete 3 Endpoints');
    assert.equal(all.losses.length, 4);
    await desk.carryOut(all);
    assert.deepEqual(await left(), []);
  });

  it('warns when Session Manager may go through one', async () => {
    const removal = planEndpointRemoval(desk.scope, [await interfaceEntry('ssmmessages')]);
    assert.match(removal.losses.join('\n'), /Session Manager loses instances/);
  });

  it('takes those that are gone already as deleted', async () => {
    const entries = [await interfaceEntry(), await connectEntry()];
    const removal = planEndpointRemoval(desk.scope, entries);
    await desk.carryOut(removal);
    await desk.practice.pass(120_000);
    await desk.carryOut(removal);
    assert.deepEqual(await left(), []);
  });

  it('deletes nothing without the right to, or through a read-only scope', async () => {
    const entry = await interfaceEntry();
    const denied = without(desk.scope, 'endpoints', 'deleteEndpoints');
    await assert.rejects(desk.carryOut(planEndpointRemoval(denied, [entry])), { code: 'accessDenied' });
    const removal = planEndpointRemoval(desk.scope, [entry]);
    await assert.rejects(desk.carryOut(removal, { ...desk.scope, isReadOnly: true }), { code: 'scopeReadOnly' });
    assert.equal((await left()).length, 1);
  });

  it('names those that AWS keeps, of an answer that is 200 all the same', async () => {
    const cloud = new FakeCloud();
    const entry = new EndpointJoiner(fakeSnapshot()).endpoint(fakeEndpoint());
    const refused = new LabError(
      'endpointNotDeleted',
      { endpointId: 'x', detail: 'busy' },
      { cloudCode: 'InvalidState' },
    );
    cloud.gateways.endpoints.deleteEndpoints = async ids => new Map(ids.map(id => [id, refused]));
    await assert.rejects(planEndpointRemoval(cloud.scope, [entry]).run({} as never), (error: unknown) => {
      assert.ok(error instanceof LabError);
      assert.equal(error.parameters.endpointId, 'demo-interface-endpoint');
      assert.equal(error.cloudCode, 'InvalidState');
      return true;
    });
  });
});
