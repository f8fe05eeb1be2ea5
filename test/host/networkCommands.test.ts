import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { NetworkSnapshot } from '../../src/core/snapshot';
import type { CommandId } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import {
  type Answers,
  acceptAll,
  answerAll,
  giveUp,
  practiceScopes,
  refusal,
  run,
  whileDismissing,
  whileReadOnly,
  withoutNetwork,
} from '../support/hostCommands';

const parts = ['vpcs', 'subnets', 'routeTables', 'internetGateways', 'natGateways'] as const;
const inLab = [/^In which VPC/, 'lab'] as const;

/** What makes each building block in a VPC of the name `lab`; Enter does the rest. */
const blocks = [
  ['vpcLabs.network.createVpc', [[/^A name/, 'lab']]],
  ['vpcLabs.network.createSubnet', [inLab, [/^A name/, 'lab subnet']]],
  ['vpcLabs.network.createInternetGateway', [inLab]],
  ['vpcLabs.network.createRouteTable', [inLab, [/^A name/, 'lab table']]],
  [
    'vpcLabs.network.createRoute',
    [
      [/^In which route table/, 'lab table'],
      [/^Which range/, '198.51.100.0/24'],
    ],
  ],
  [
    'vpcLabs.network.changeRouteTable',
    [
      [/^Which subnet/, 'lab subnet'],
      [/^In which route table/, 'lab table'],
    ],
  ],
  [
    'vpcLabs.network.createNatGateway',
    [
      [/^In which subnet/, 'lab subnet'],
      [/^A name/, 'lab nat'],
    ],
  ],
  ['vpcLabs.network.createDhcpOptions', [inLab]],
] as const satisfies readonly (readonly [CommandId, Answers])[];

describe('commands of a network in VS Code', () => {
  let scope: Scope;

  /** All that the commands make, by its id, and what the tables say. */
  const everything = async () => {
    const { vpcs, subnets, routeTables, internetGateways, natGateways } = await network();
    const ids = [vpcs, subnets, internetGateways, natGateways].map(part =>
      part?.known ? part.value.map(({ id }) => id) : [],
    );
    return [...ids, routeTables];
  };
  const network = async (): Promise<NetworkSnapshot> => (await scope.gateways()).network.readSnapshot(parts);
  const lab = async () => {
    const { vpcs } = await network();
    assert.ok(vpcs.known);
    return vpcs.value.find(({ tags }) => tags.Name === 'lab');
  };

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).provider;
  });

  it('ask what shall be made when they are not told, and make it with Enter throughout', async () => {
    const { vpcs: before } = await network();
    assert.equal(await giveUp(run('vpcLabs.network.create', { scope })), undefined);
    assert.ok(await acceptAll(run('vpcLabs.network.create', { scope })));
    const { vpcs: after } = await network();
    assert.ok(before.known && after.known);
    assert.equal(after.value.length, before.value.length + 1);
  });

  it('make each building block', async () => {
    for (const [id, answers] of blocks) {
      const errors = editor.errors.length;
      await answerAll(run(id, { scope }), answers);
      assert.deepEqual(editor.errors.slice(errors), [], id);
    }
    const { natGateways, routeTables, subnets } = await network();
    assert.ok(routeTables.known && subnets.known && natGateways?.known);
    assert.equal(natGateways.value.find(({ tags }) => tags.Name === 'lab nat')?.state, 'available');
    const table = routeTables.value.find(({ tags }) => tags.Name === 'lab table');
    const subnet = subnets.value.find(({ tags }) => tags.Name === 'lab subnet');
    assert.deepEqual(table?.subnetIds, [subnet?.id]);
    assert.ok(
      table?.routes.some(({ destination }) => destination.kind === 'cidr' && destination.cidr === '198.51.100.0/24'),
    );
  });

  it('make nothing when they are given up at their summary', async () => {
    const before = await everything();
    for (const [id, answers] of blocks) assert.equal(await giveUp(run(id, { scope }), answers), undefined, id);
    assert.deepEqual(await everything(), before);
  });

  it('make nothing through a scope that is read-only, and say so', async () => {
    const before = await everything();
    await whileReadOnly(scope, async () => {
      for (const [id, answers] of blocks) assert.match(await refusal(run(id, { scope }), answers), /read-only/, id);
    });
    assert.deepEqual(await everything(), before);
  });

  it('say so when the scope has nothing to make them in', async () => {
    const nowhere = withoutNetwork(scope);
    for (const [id] of blocks)
      if (id !== 'vpcLabs.network.createVpc')
        assert.match(await refusal(run(id, { scope: nowhere })), /a VPC, subnet or route target to use/, id);
    const notes = editor.notes.length;
    assert.equal(await run('vpcLabs.network.delete', { scope: nowhere }), false);
    assert.match(editor.notes.slice(notes).join(), /no VPC, gateway or route/);
  });

  it('name what is left of an internet gateway that AWS does not attach', async () => {
    const dialogs = editor.dialogs.length;
    assert.equal(await answerAll(run('vpcLabs.network.createInternetGateway', { scope }), [inLab]), undefined);
    assert.match(
      editor.dialogs
        .slice(dialogs)
        .map(({ message }) => message)
        .join(),
      /igw-/,
    );
  });

  it('delete what is chosen after one dialog, and not when it is dismissed', async () => {
    const remove = (choice: RegExp) => {
      editor.choices.push(choice);
      return run<boolean>('vpcLabs.network.delete', { scope });
    };
    await whileDismissing(async () => assert.equal(await remove(/^lab$/), false));
    await whileReadOnly(scope, async () => assert.match(await refusal(remove(/^lab nat$/)), /read-only/));
    assert.match(await refusal(remove(/^lab$/)), /./);
    assert.ok(await lab());
    for (const choice of [/^lab nat$/, /^198\.51\.100\.0/, /^lab$/]) assert.equal(await remove(choice), true);
    assert.equal(await lab(), undefined);
  });
});
