import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { askPermission } from '../../../../src/app/changes/askPermission';
import { runChange } from '../../../../src/app/changes/runChange';
import { planRule, planRuleRemoval, sameRuleOf } from '../../../../src/app/operations/securityGroupRules';
import {
  groupNameProblem,
  groupTextProblem,
  planSecurityGroup,
  planSecurityGroupRemoval,
  readGroupDependents,
} from '../../../../src/app/operations/securityGroups';
import { LabError } from '../../../../src/core/errors';
import type { SecurityGroup } from '../../../../src/core/network';
import type { CloudGateways } from '../../../../src/core/ports/gateways';
import type { NewSecurityGroupRule } from '../../../../src/core/ports/securityGroupGateway';
import { PracticeScopes } from '../../../support/practiceScopes';

const https: NewSecurityGroupRule = {
  direction: 'ingress',
  protocol: 6,
  fromPort: 443,
  toPort: 443,
  peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
  description: 'it’s for all',
};

describe('operations on security groups', () => {
  let practice: PracticeScopes;
  let scope: Scope;
  let gateways: CloudGateways;
  let group: SecurityGroup;

  before(() => PracticeScopes.load());

  beforeEach(async () => {
    practice = new PracticeScopes();
    scope = practice.consumer;
    gateways = await scope.gateways();
    const [vpcs, made] = [await practice.run(gateways.network.readSnapshot(['vpcs'])), 'own'];
    assert.ok(vpcs.vpcs.known && vpcs.vpcs.value[0]);
    const request = { vpcId: vpcs.vpcs.value[0].id, name: made, description: 'own' };
    const outcome = await practice.run(runChange(scope, planSecurityGroup(scope, request)));
    assert.equal(outcome.kind, 'done');
    group = await read('own');
  });

  afterEach(() => practice.dispose());

  async function read(name: string): Promise<SecurityGroup> {
    const { securityGroups } = await practice.run(gateways.network.readSnapshot(['securityGroups']));
    assert.ok(securityGroups.known);
    const found = securityGroups.value.find(each => each.name === name);
    assert.ok(found, name);
    return found;
  }

  const run = <Result>(change: Parameters<typeof runChange<Result>>[1], on = scope) =>
    practice.run(runChange(on, change));

  it('know their own rule when only the answer was lost, and ask again when the rule is not there', async () => {
    for (const isDone of [true, false]) {
      let calls = 0;
      const addRule: typeof gateways.securityGroups.addRule = async (...input) => {
        if (calls++ > 0) return gateways.securityGroups.addRule(...input);
        if (isDone) await gateways.securityGroups.addRule(...input);
        throw new LabError('answerLost');
      };
      const securityGroups = { ...gateways.securityGroups, addRule };
      const lossy = { ...scope, gateways: async () => ({ ...gateways, securityGroups }) };
      const wanted = { ...https, fromPort: isDone ? 443 : 80, toPort: isDone ? 443 : 80 };
      const outcome = await run(planRule(lossy, group, wanted), lossy);
      assert.equal(outcome.kind === 'done' && outcome.result, sameRuleOf(await read('own'), wanted)?.id);
      assert.equal(calls, isDone ? 1 : 2);
    }
  });

  it('begin with nothing in and everything out', () => {
    assert.deepEqual(
      group.rules.map(({ direction, protocol }) => [direction, protocol]),
      [['egress', -1]],
    );
    assert.equal(group.tags.Name, 'own');
  });

  it('add a rule, warn of one for the whole world, and ask beforehand', async () => {
    const told: string[] = [];
    const change = planRule(scope, group, https, { onChange: ({ id }) => told.push(id) });
    assert.match(change.warnings.join(), /every address/);
    assert.deepEqual(await practice.run(askPermission(scope, change.rehearse)), { kind: 'allowed' });
    const outcome = await run(change);
    assert.equal(outcome.kind, 'done');
    const [rule] = (await read('own')).rules.filter(({ direction }) => direction === 'ingress');
    assert.deepEqual(rule, { id: outcome.result, ...https });
    assert.deepEqual(told, [scope.id]);
    assert.match(
      change.commandLines[0] ?? '',
      /authorize-security-group-ingress .*--ip-permissions '\[\{"IpProtocol":"tcp","FromPort":443,/,
    );
  });

  it('see a rule that is there already, which AWS refuses', async () => {
    await run(planRule(scope, group, https));
    group = await read('own');
    assert.ok(sameRuleOf(group, { ...https, description: undefined }));
    const outcome = await run(planRule(scope, group, https));
    assert.equal(outcome.kind, 'stopped');
    assert.match(String((outcome.error as { cloudCode?: string }).cloudCode), /InvalidPermission\.Duplicate/);
    assert.equal((await read('own')).rules.length, 2);
  });

  it('add rules for groups, prefix lists and ICMP, in either direction', async () => {
    const { prefixLists } = await practice.run(gateways.network.readSnapshot(['prefixLists']));
    assert.ok(prefixLists.known && prefixLists.value[0]);
    const any = { fromPort: -1, toPort: -1, description: undefined };
    const wanted: readonly NewSecurityGroupRule[] = [
      { ...https, peer: { kind: 'group', groupId: group.id } },
      { ...https, direction: 'egress', peer: { kind: 'prefixList', prefixListId: prefixLists.value[0].id } },
      { ...https, ...any, protocol: 1 },
    ];
    for (const rule of wanted) assert.equal((await run(planRule(scope, group, rule))).kind, 'done');
    const now = await read('own');
    for (const rule of wanted) assert.ok(sameRuleOf(now, rule));
  });

  it('are refused a rule when the group is gone, and on a scope that is read-only', async () => {
    await practice.run(gateways.network.deleteSecurityGroup(group.id));
    const outcome = await run(planRule(scope, group, https));
    assert.equal(outcome.kind, 'stopped');
    assert.match(String(outcome.error), /resourceNotFound/);
    const readOnly = { ...scope, isReadOnly: true };
    assert.equal((await run(planRule(readOnly, group, https), readOnly)).kind, 'stopped');
  });

  it('remove a rule of either direction; one that is gone is no error', async () => {
    await run(planRule(scope, group, https));
    const { rules } = await read('own');
    for (const rule of [...rules, ...rules])
      assert.equal((await run(planRuleRemoval(scope, group, rule))).kind, 'done', rule.id);
    assert.deepEqual((await read('own')).rules, []);
  });

  it('do not remove a rule of a scope that is read-only', async () => {
    const readOnly = { ...scope, isReadOnly: true };
    const [rule] = group.rules;
    assert.ok(rule);
    assert.equal((await run(planRuleRemoval(readOnly, group, rule), readOnly)).kind, 'stopped');
    assert.equal((await read('own')).rules.length, 1);
  });

  it('name what keeps a group from going, and are refused then', async () => {
    const other = await read('default');
    await run(planRule(scope, other, { ...https, peer: { kind: 'group', groupId: group.id } }));
    const dependents = await practice.run(readGroupDependents(scope, group));
    assert.deepEqual(dependents, ['A rule of default names it.']);
    const outcome = await run(planSecurityGroupRemoval(scope, group, dependents));
    assert.equal(outcome.kind, 'stopped');
    assert.match(String(outcome.error), /dependencyViolation/);
    const worn = await practice.run(readGroupDependents(scope, other));
    assert.match(worn.join(' '), /cannot be deleted/);
  });

  it('name the instance that wears a group', async () => {
    const [instance] = await practice.run(gateways.instances.listInstances());
    const { securityGroups } = await practice.run(gateways.network.readSnapshot(['securityGroups']));
    assert.ok(securityGroups.known);
    const worn = securityGroups.value.find(({ id }) => instance?.securityGroupIds.includes(id));
    assert.ok(worn && instance);
    assert.match((await practice.run(readGroupDependents(scope, worn))).join(), new RegExp(`${instance.id} wears it`));
  });

  it('delete a group that nothing uses, twice without an error', async () => {
    const dependents = await practice.run(readGroupDependents(scope, group));
    assert.deepEqual(dependents, []);
    for (const _time of [1, 2])
      assert.equal((await run(planSecurityGroupRemoval(scope, group, dependents))).kind, 'done');
  });

  it('refuse a second group of one name, and see it while it is typed', async () => {
    const again = { vpcId: group.vpcId, name: 'own', description: 'again' };
    const outcome = await run(planSecurityGroup(scope, again));
    assert.equal(outcome.kind, 'stopped');
    assert.match(groupNameProblem('own', ['own']) ?? '', /exists already/);
    assert.match(groupNameProblem('sg-own', []) ?? '', /may not begin/);
    assert.match(groupTextProblem('grün') ?? '', /1 to 255/);
    assert.equal(groupNameProblem('web (a)', []), undefined);
  });
});
