import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { isFullAccess } from '../../src/core/endpointPolicy';
import type { VpcEndpoint } from '../../src/core/network';
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
  runFromPalette,
  whileReadOnly,
} from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const otherPolicy = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:Describe*","Resource":"*"}]}';

describe('commands that change an endpoint in VS Code', () => {
  let scope: Scope;
  let endpoint: VpcEndpoint;
  /** What each command asks beyond Enter; subnets and groups by the labels that are there. */
  let changes: readonly (readonly [
    Extract<CommandId, `vpcLabs.endpoint.${'modifySubnets' | 'modifyGroups' | 'modifyPrivateDns' | 'resetPolicy'}`>,
    Answers,
  ])[];

  const fresh = async () => {
    const found = await (await scope.gateways()).endpoints.findEndpoint(endpoint.id);
    assert.ok(found);
    return found;
  };
  const available = () => waitUntil(async () => (await fresh()).state === 'available', 'the endpoint to be available');
  const tag = (answers: Answers) => answerAll(run<boolean>('vpcLabs.tags.edit', { scope, tagged: endpoint }), answers);

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).consumer;
    const { endpoints, network } = await scope.gateways();
    const { subnets, securityGroups, vpcs } = await network.readSnapshot(['subnets', 'securityGroups', 'vpcs']);
    assert.ok(subnets.known && securityGroups.known && vpcs.known);
    const vpc = vpcs.value.find(({ isDefault }) => isDefault);
    assert.ok(vpc);
    const [subnet, other] = subnets.value.filter(({ vpcId }) => vpcId === vpc.id);
    const [group] = securityGroups.value.filter(({ vpcId, name }) => vpcId === vpc.id && name === 'default');
    assert.ok(subnet && other && group);
    assert.ok(await answerAll(run('vpcLabs.securityGroup.create', { scope }), [[/^A name/, 'other']]));
    endpoint = await endpoints.createInterfaceEndpoint({
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${scope.region}.ec2`,
      subnetIds: [subnet.id],
      securityGroupIds: [group.id],
      privateDnsEnabled: false,
      tags: {},
      clientToken: 'modify',
    });
    await available();
    const label = ({ id, tags }: typeof subnet) => tags.Name ?? id;
    changes = [
      ['vpcLabs.endpoint.modifySubnets', [[/^Which subnets/, [label(subnet), label(other)]]]],
      ['vpcLabs.endpoint.modifyGroups', [[/^Which security groups/, ['other']]]],
      ['vpcLabs.endpoint.modifyPrivateDns', []],
      ['vpcLabs.endpoint.resetPolicy', []],
    ];
    await endpoints.modifyEndpoint(endpoint.id, { policy: { document: otherPolicy } });
  });

  it('change nothing when given up at their summary', async () => {
    const before = await fresh();
    for (const [id, answers] of changes) assert.equal(await giveUp(run(id, { scope, endpoint }), answers), false, id);
    assert.deepEqual(await fresh(), before);
  });

  it('change nothing through a scope that is read-only, and say so', async () => {
    const before = await fresh();
    await whileReadOnly(scope, async () => {
      for (const [id, answers] of changes)
        assert.match(await refusal(run(id, { scope, endpoint }), answers), /read-only/, id);
      assert.match(await refusal(tag([[/^The tag/, 'team=net']])), /read-only/);
    });
    assert.deepEqual(await fresh(), before);
  });

  it('change subnets, groups, private DNS and policy', async () => {
    for (const [id, answers] of changes) {
      assert.equal(await answerAll(run(id, { scope, endpoint }), answers), true, id);
      await available();
    }
    const { subnetIds, securityGroupIds, privateDnsEnabled, policyDocument } = await fresh();
    assert.deepEqual(
      [subnetIds.length, securityGroupIds.length, privateDnsEnabled, isFullAccess(policyDocument)],
      [2, 1, true, true],
    );
    assert.notDeepEqual(securityGroupIds, endpoint.securityGroupIds);
  });

  it('add a tag, and remove it', async () => {
    assert.equal(
      await giveUp(run('vpcLabs.tags.edit', { scope, tagged: endpoint }), [[/^The tag/, 'team=net']]),
      false,
    );
    assert.deepEqual((await fresh()).tags, {});
    assert.equal(await tag([[/^The tag/, 'team=net']]), true);
    assert.deepEqual((await fresh()).tags, { team: 'net' });
    endpoint = await fresh();
    assert.equal(
      await tag([
        [/^Which tag/, 'team'],
        [/^What shall become/, 'Remove it'],
      ]),
      true,
    );
    assert.deepEqual((await fresh()).tags, {});
  });

  it('say so when the endpoint is gone in the meantime, and when there is none to change', async () => {
    assert.equal(await run('vpcLabs.endpoint.delete', { scope, endpoint }), true);
    await waitUntil(async () => (await (await scope.gateways()).endpoints.listEndpoints()).length === 0, 'it to go');
    for (const [id, answers] of changes)
      assert.match(await refusal(run(id, { scope, endpoint }), answers), /does not exist/, id);
    assert.match(await refusal(tag([[/^The tag/, 'team=net']])), /does not exist|is gone/);
    assert.match(await refusal(run('vpcLabs.endpoint.editPolicy', { scope, endpoint })), /does not exist/);
    await run('vpcLabs.endpoints.refresh');
    const notes = editor.notes.length;
    for (const [id] of changes) assert.equal(await runFromPalette(id, /^consumer$/), false, id);
    assert.equal(await runFromPalette('vpcLabs.endpoint.modifyRouteTables', /^consumer$/), false);
    assert.equal(await acceptAll(runFromPalette('vpcLabs.tags.edit', /^consumer$/)), false);
    assert.equal(editor.notes.length, notes + changes.length + 2);
  });
});
