import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { PeeringConnection } from '../../src/core/peering';
import type { RouteInput } from '../../src/core/ports/routeGateway';
import { views } from '../../src/ui/contributions';
import type { PeeringNode } from '../../src/ui/views/peeringNode';
import { editor } from '../support/editorWatch';
import {
  acceptAll,
  answerAll,
  giveUp,
  practiceScopes,
  refusal,
  run,
  runFromPalette,
  whileDismissing,
  whileReadOnly,
  withoutNetwork,
} from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('commands of peering connections in VS Code', () => {
  let scope: Scope;
  let consumer: Scope;
  let made: PeeringConnection;

  const listed = async () => (await scope.gateways()).peering.listPeeringConnections();
  const stateOf = async ({ id }: PeeringConnection) => (await listed()).find(each => each.id === id)?.state;
  const nodes = (account: string) =>
    editor
      .tree(views.peering)
      .underScope(account)
      ?.filter((node): node is PeeringNode => 'peering' in node) ?? [];
  /** The line of a connection in an account, once it is shown in this state. */
  const line = async (account: string, { id }: PeeringConnection, state: PeeringConnection['state']) => {
    const find = () =>
      nodes(account).find(({ peering: { connection } }) => connection.id === id && connection.state === state);
    await run('vpcLabs.peering.refresh');
    await waitUntil(
      () => find() !== undefined,
      () => `${account} to show ${state}; it shows ${nodes(account).map(node => node.peering.connection.state)}`,
    );
    return find() as PeeringNode;
  };
  const ask = (name: string, range: string) =>
    answerAll(run<PeeringConnection | undefined>('vpcLabs.peering.create', { scope }), [
      [/^Which VPC on the other side/, range],
      [/^Who accepts/, 'Leave it waiting'],
      [/^A name/, name],
    ]);

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    ({ provider: scope, consumer } = await practiceScopes());
    const { vpcs } = await consumer.gateways();
    for (const [name, cidrBlock] of [
      ['far', '10.70.0.0/16'],
      ['farther', '10.71.0.0/16'],
    ] as const)
      await vpcs.createVpc({ cidrBlock, tags: { Name: name } });
  });

  it('make nothing when given up, through a scope that is read-only, or where there is no VPC', async () => {
    assert.equal(await giveUp(run('vpcLabs.peering.create', { scope })), undefined);
    await whileReadOnly(scope, async () => {
      assert.match(await refusal(run('vpcLabs.peering.create', { scope })), /read-only/);
    });
    const nowhere = run('vpcLabs.peering.create', { scope: withoutNetwork(scope) });
    assert.match(await refusal(nowhere), /a VPC/);
    assert.deepEqual(await listed(), []);
  });

  it('do not ask AWS for VPCs whose ranges overlap', async () => {
    const running = run('vpcLabs.peering.create', { scope });
    assert.match(await refusal(running, [[/^Which VPC on the other side/, '172.31.0.0/16']]), /overlap/);
    assert.deepEqual(await listed(), []);
  });

  it('make one with the first VPC that fits, accepted at once, with Enter throughout', async () => {
    const peering = await acceptAll(run<PeeringConnection | undefined>('vpcLabs.peering.create', { scope }));
    assert.ok(peering);
    made = peering;
    assert.equal(made.state, 'active');
  });

  it('accept a request from the palette after one dialog, and not when it is dismissed', async () => {
    const peering = await ask('second', 'farther');
    assert.equal(peering?.state, 'pendingAcceptance');
    assert.ok(peering);
    const waiting = await line('consumer', peering, 'pendingAcceptance');
    await whileDismissing(async () => assert.equal(await run('vpcLabs.peering.accept', waiting), false));
    await whileReadOnly(consumer, async () =>
      assert.match(await refusal(run('vpcLabs.peering.accept', waiting)), /read-only/),
    );
    assert.equal(await stateOf(peering), 'pendingAcceptance');
    assert.equal(await runFromPalette('vpcLabs.peering.accept', /^consumer$/, /./), true);
    assert.equal(await stateOf(peering), 'active');
    assert.match(await refusal(run('vpcLabs.peering.accept', waiting)), /./);
    assert.equal(await run('vpcLabs.peering.delete', await line('consumer', peering, 'active')), true);
  });

  it('reject one, after which there is nothing to answer', async () => {
    const peering = await ask('third', 'farther');
    assert.ok(peering);
    const waiting = await line('consumer', peering, 'pendingAcceptance');
    await whileDismissing(async () => assert.equal(await run('vpcLabs.peering.reject', waiting), false));
    await whileReadOnly(consumer, async () =>
      assert.match(await refusal(run('vpcLabs.peering.reject', waiting)), /read-only/),
    );
    assert.equal(await run('vpcLabs.peering.reject', waiting), true);
    assert.equal(await stateOf(peering), 'rejected');
    await line('consumer', peering, 'rejected');
    const notes = editor.notes.length;
    assert.equal(await runFromPalette('vpcLabs.peering.reject', /^consumer$/), false);
    assert.match(editor.notes.slice(notes).join(), /^consumer has no such peering connections/);
  });

  it('lead routes both ways, and say so when all do', async () => {
    const peering = await line('provider', made, 'active');
    assert.equal(await giveUp(run('vpcLabs.peering.route', peering)), undefined);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.peering.route', peering)), /read-only/),
    );
    const routes = await acceptAll(run<readonly RouteInput[] | undefined>('vpcLabs.peering.route', peering));
    assert.deepEqual([...new Set(routes?.map(({ destination }) => destination))].sort(), [
      '10.70.0.0/16',
      '172.31.0.0/16',
    ]);
  });

  it('let names be answered privately, but not for a VPC without DNS host names', async () => {
    const own = await line('provider', made, 'active');
    assert.equal(await giveUp(run('vpcLabs.peering.changeDns', own)), false);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.peering.changeDns', own)), /read-only/),
    );
    assert.ok(await refusal(run('vpcLabs.peering.changeDns', own)));
    for (const [account, { vpcId }] of [
      [scope, made.requester],
      [consumer, made.accepter],
    ] as const)
      await (await account.gateways()).network.setVpcDnsAttribute(vpcId, 'enableDnsHostnames', true);
    assert.equal(await acceptAll(run('vpcLabs.peering.changeDns', own)), true);
    const now = (await listed()).find(({ id }) => id === made.id);
    assert.equal(now?.requester.allowsRemoteDnsResolution, true);
  });

  it('delete one with its routes after a dialog, and not when it is dismissed', async () => {
    const peering = await line('provider', made, 'active');
    editor.choices.push(/^Delete its/);
    await whileDismissing(async () => assert.equal(await run('vpcLabs.peering.delete', peering), false));
    editor.choices.push(/^Delete its/);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.peering.delete', peering)), /read-only/),
    );
    assert.equal(await stateOf(made), 'active');
    editor.choices.push(/^Delete its/);
    assert.equal(await run('vpcLabs.peering.delete', peering), true);
    await waitUntil(async () => (await stateOf(made)) !== 'active', 'the connection to go');
  });
});
