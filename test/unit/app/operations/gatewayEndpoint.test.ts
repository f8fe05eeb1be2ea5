import assert from 'node:assert/strict';
import { askPermission } from '../../../../src/app/changes/askPermission';
import { EndpointJoiner } from '../../../../src/app/endpointJoiner';
import { planRouteTableChange } from '../../../../src/app/operations/changeEndpointRouteTables';
import { rivalOn, routeTableChoices } from '../../../../src/app/operations/chooseRouteTables';
import { planGatewayEndpoint } from '../../../../src/app/operations/planGatewayEndpoint';
import { readGatewayChoices } from '../../../../src/app/operations/readGatewayChoices';
import { EndpointDesk, valueIn, without } from '../../../support/endpointDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('a gateway endpoint', () => {
  let desk: EndpointDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  async function plan(name: string | undefined = 'files') {
    const choices = await desk.run(readGatewayChoices(desk.scope));
    const [vpc] = choices.vpcs;
    const [service] = choices.services;
    assert.ok(vpc && service);
    const [table] = routeTableChoices(choices.snapshot, vpc.id);
    assert.ok(table);
    const request = { vpcId: vpc.id, serviceName: service.serviceName, routeTableIds: [table.table.id], name };
    return { choices, request, table, change: planGatewayEndpoint(desk.scope, choices, request) };
  }

  it('is made with a route in each table, after a warning that names the subnets', async () => {
    const { change, table, request } = await plan();
    assert.equal(change.hourlyPriceUsd, 0);
    assert.ok(table.subnets.length > 0);
    for (const { tags, id } of table.subnets) assert.match(change.warnings[0] ?? '', new RegExp(tags.Name ?? id));
    assert.match(change.commandLines[0] ?? '', /--vpc-endpoint-type Gateway .*--route-table-ids rtb-/);
    assert.deepEqual(await desk.run(askPermission(desk.scope, change.rehearse)), { kind: 'allowed' });
    const made = await desk.carryOut(change);
    assert.equal(made.state, 'available');
    const { routeTables } = new EndpointJoiner(await desk.snapshot()).endpoint(made);
    assert.equal(routeTables[0]?.prefixListName, request.serviceName);
    assert.equal(routeTables[0]?.subnets.length, table.subnets.length);
  });

  it('is made once, however often the request is repeated', async () => {
    const { change } = await plan();
    const [one, other] = [await desk.carryOut(change), await desk.carryOut(change)];
    assert.equal(one.id, other.id);
  });

  it('sees a table that has one already, before AWS refuses it by that name', async () => {
    const { change, request, table } = await plan();
    const made = await desk.carryOut(change);
    const { choices, change: again } = await plan();
    assert.equal(rivalOn(choices.snapshot, table.table, request.serviceName)?.id, made.id);
    assert.equal(rivalOn(choices.snapshot, table.table, request.serviceName, made.id), undefined);
    await assert.rejects(desk.carryOut(again), { code: 'routeToServiceExists' });
  });

  it('is not made without the right to', async () => {
    const { choices, request } = await plan();
    const denied = without(desk.scope, 'endpoints', 'createGatewayEndpoint');
    await assert.rejects(desk.carryOut(planGatewayEndpoint(denied, choices, request)), { code: 'accessDenied' });
  });

  it('is refused with a policy that is none', async () => {
    const { choices, request } = await plan();
    const change = planGatewayEndpoint(desk.scope, choices, { ...request, policyDocument: 'none' });
    await assert.rejects(desk.carryOut(change), { code: 'policyInvalid' });
  });

  it('gives up its routes, and takes them again, with who is touched', async () => {
    const { change, request, table } = await plan();
    const made = await desk.carryOut(change);
    const off = planRouteTableChange(desk.scope, made, await desk.snapshot(), []);
    assert.ok(off);
    assert.match(off.warnings[0] ?? '', /without another route it is out of reach: .+/);
    await desk.carryOut(off);
    const bare = await desk.find(made);
    assert.deepEqual(bare.routeTableIds, []);
    const on = planRouteTableChange(desk.scope, bare, await desk.snapshot(), request.routeTableIds);
    assert.match(on?.warnings[0] ?? '', /Open connections to s3 may drop/);
    assert.ok(on);
    await desk.carryOut(on);
    const tables = valueIn((await desk.snapshot()).routeTables);
    const routes = tables.find(({ id }) => id === table.table.id)?.routes ?? [];
    assert.ok(routes.some(({ target }) => target.kind === 'gatewayEndpoint' && target.id === made.id));
    assert.equal(planRouteTableChange(desk.scope, made, await desk.snapshot(), request.routeTableIds), undefined);
  });

  it('cannot be changed for a table that is gone, or once it is gone itself', async () => {
    const { change, request } = await plan();
    const made = await desk.carryOut(change);
    const nowhere = ['rtb-0123456789abcdef0' as never, ...request.routeTableIds];
    const wrong = planRouteTableChange(desk.scope, made, await desk.snapshot(), nowhere);
    assert.ok(wrong);
    await assert.rejects(desk.carryOut(wrong), { code: 'resourceNotFound' });
    const { endpoints } = await desk.gateways();
    await desk.run(endpoints.deleteEndpoint(made.id));
    await desk.practice.pass(120_000);
    const late = planRouteTableChange(desk.scope, made, await desk.snapshot(), []);
    assert.ok(late);
    await assert.rejects(desk.carryOut(late), { code: 'endpointNotFound' });
  });
});
