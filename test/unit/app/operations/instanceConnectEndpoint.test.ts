import assert from 'node:assert/strict';
import { askPermission } from '../../../../src/app/changes/askPermission';
import {
  instanceConnectRival,
  planInstanceConnectEndpoint,
} from '../../../../src/app/operations/planInstanceConnectEndpoint';
import { readInstanceConnectChoices } from '../../../../src/app/operations/readInstanceConnectChoices';
import { EndpointDesk, without } from '../../../support/endpointDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('an Instance Connect endpoint', () => {
  let desk: EndpointDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  async function plan() {
    const choices = await desk.run(readInstanceConnectChoices(desk.scope));
    const [subnet] = choices.subnets;
    assert.ok(subnet);
    const request = { subnetId: subnet.id, securityGroupIds: [], preservesClientIp: true, name: 'way in' };
    return { choices, subnet, request, change: planInstanceConnectEndpoint(desk.scope, choices, request) };
  }

  it('is made, and asked for beforehand', async () => {
    const { change, request } = await plan();
    assert.match(change.commandLines[0] ?? '', /create-instance-connect-endpoint .*--preserve-client-ip/);
    assert.deepEqual(await desk.run(askPermission(desk.scope, change.rehearse)), { kind: 'allowed' });
    const made = await desk.carryOut(change);
    assert.deepEqual([made.subnetId, made.preservesClientIp, made.tags.Name], [request.subnetId, true, 'way in']);
    assert.equal((await desk.carryOut(change)).id, made.id, 'the token is the plan’s own');
  });

  it('is one for each VPC: seen before, and said when AWS refuses', async () => {
    const first = await plan();
    const made = await desk.carryOut(first.change);
    const { choices, subnet, change } = await plan();
    assert.equal(instanceConnectRival(choices, subnet)?.id, made.id);
    assert.match(change.warnings[0] ?? '', /has way in already/);
    await assert.rejects(desk.carryOut(change), { code: 'limitExceeded' });
  });

  it('is not made in a subnet that is gone, or without the right to', async () => {
    const { choices, request } = await plan();
    const gone = { ...request, subnetId: 'subnet-0123456789abcdef0' as never };
    await assert.rejects(desk.carryOut(planInstanceConnectEndpoint(desk.scope, choices, gone)), {
      code: 'resourceNotFound',
    });
    const denied = without(desk.scope, 'instanceConnectEndpoints', 'createInstanceConnectEndpoint');
    await assert.rejects(desk.carryOut(planInstanceConnectEndpoint(denied, choices, request)), {
      code: 'accessDenied',
    });
  });
});
