import assert from 'node:assert/strict';
import { commands, type Terminal, window } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { Instance, SecurityGroup } from '../../src/core/network';
import type { InstanceRole } from '../../src/core/ports/roleGateway';
import { editor } from '../support/editorWatch';
import {
  acceptAll,
  acceptUntil,
  answerAll,
  dismiss,
  giveUp,
  onlineInstance,
  practiceScopes,
  refusal,
  run,
  runFromPalette,
  unregisteredInstance,
  whileDismissing,
  whileReadOnly,
  withoutNetwork,
} from '../support/hostCommands';

describe('roles, profiles, groups and shells in VS Code', () => {
  let scope: Scope;
  let bare: Instance;

  const roles = async () => (await scope.gateways()).roles;
  const profiles = async () => (await (await roles()).listInstanceProfiles()).map(({ name }) => name).sort();
  const groups = async (): Promise<readonly SecurityGroup[]> => {
    const { securityGroups } = await (await scope.gateways()).network.readSnapshot(['securityGroups']);
    assert.ok(securityGroups.known);
    return securityGroups.value;
  };

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).provider;
    bare = await unregisteredInstance(scope);
  });

  it('make no role when given up, with a name that IAM does not take, or through a scope that is read-only', async () => {
    const before = await profiles();
    assert.equal(await giveUp(run('vpcLabs.role.create', { scope })), undefined);
    const running = run('vpcLabs.role.create', { scope });
    await acceptUntil(1);
    const question = editor.questions.at(-1);
    assert.ok(question);
    question.value = 'no/slashes';
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await dismiss(running), undefined);
    assert.equal(editor.questions.at(-1), question);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.role.create', { scope })), /read-only/),
    );
    assert.deepEqual(await profiles(), before);
  });

  it('make a role with Enter throughout', async () => {
    const before = await profiles();
    const role = await acceptAll(run<InstanceRole | undefined>('vpcLabs.role.create', { scope }));
    assert.ok(role);
    assert.deepEqual(
      (await profiles()).filter(name => !before.includes(name)),
      [role.instanceProfileName],
    );
  });

  it('attach a profile to an instance without one, and not when given up or read-only', async () => {
    const target = { scope, instance: bare };
    assert.equal(await giveUp(run('vpcLabs.instance.attachProfile', target)), false);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.instance.attachProfile', target)), /read-only/),
    );
    assert.equal(await acceptAll(run('vpcLabs.instance.attachProfile', target)), true);
    const found = await (await scope.gateways()).instances.findInstance(bare.id);
    assert.match(found?.instanceProfileArn ?? '', /:instance-profile\//);
    assert.ok(await refusal(run('vpcLabs.instance.attachProfile', target)));
  });

  it('offer both ways to a shell: open the one that works, say why the other does not', async () => {
    const instance = await onlineInstance(scope);
    const terminal = await acceptAll(run<Terminal | undefined>('vpcLabs.instance.chooseShell', { scope, instance }));
    assert.ok(terminal);
    terminal.dispose();
    const terminals = window.terminals.length;
    assert.equal(await dismiss(run('vpcLabs.instance.chooseShell', { scope, instance })), undefined);
    const notes = editor.notes.length;
    editor.choices.push(/EC2 Instance Connect Endpoint/);
    assert.equal(await run('vpcLabs.instance.chooseShell', { scope, instance }), undefined);
    assert.equal(editor.notes.length, notes + 1);
    assert.ok(window.terminals.length <= terminals);
  });

  it('make no security group when given up, read-only, or where there is no VPC', async () => {
    const before = await groups();
    assert.equal(await giveUp(run('vpcLabs.securityGroup.create', { scope })), undefined);
    await whileReadOnly(scope, async () =>
      assert.match(await refusal(run('vpcLabs.securityGroup.create', { scope })), /read-only/),
    );
    const nowhere = { scope: withoutNetwork(scope) };
    assert.match(await refusal(run('vpcLabs.securityGroup.create', nowhere)), /a VPC/);
    assert.deepEqual(await groups(), before);
  });

  it('neither add nor remove rules when given up, read-only, or once the group is gone', async () => {
    const id = await acceptAll(run<string | undefined>('vpcLabs.securityGroup.create', { scope }));
    const find = async () => (await groups()).find(each => each.id === id);
    const group = await find();
    assert.ok(group);
    const [rule] = group.rules;
    assert.ok(rule);
    assert.equal(await giveUp(run('vpcLabs.securityGroup.addRule', { scope, group })), undefined);
    await whileDismissing(async () => {
      assert.equal(await run('vpcLabs.securityGroup.removeRule', { scope, group, rule }), false);
      assert.equal(await run('vpcLabs.securityGroup.delete', { scope, group }), false);
    });
    await whileReadOnly(scope, async () => {
      assert.match(await refusal(run('vpcLabs.securityGroup.addRule', { scope, group })), /read-only/);
      assert.match(await refusal(run('vpcLabs.securityGroup.removeRule', { scope, group, rule })), /read-only/);
      assert.match(await refusal(run('vpcLabs.securityGroup.delete', { scope, group })), /read-only/);
    });
    assert.deepEqual((await find())?.rules, group.rules);
    assert.equal(await run('vpcLabs.securityGroup.delete', { scope, group }), true);
    assert.ok(await refusal(run('vpcLabs.securityGroup.addRule', { scope, group })));
  });

  it('start, stop and terminate nothing when given up or read-only, or when nothing fits', async () => {
    const instance = await onlineInstance(scope);
    const notes = editor.notes.length;
    assert.equal(await runFromPalette('vpcLabs.instance.start', /^provider$/), false);
    assert.match(editor.notes.slice(notes).join(), /^provider has no instances/);
    await whileDismissing(async () => assert.equal(await run('vpcLabs.instance.stop', { scope, instance }), false));
    await whileReadOnly(scope, async () => {
      for (const id of ['vpcLabs.instance.stop', 'vpcLabs.instance.terminate', 'vpcLabs.instance.start'] as const)
        assert.match(await refusal(run(id, { scope, instance })), /read-only/, id);
      assert.match(await refusal(answerAll(run('vpcLabs.instance.launch', { scope }), [])), /read-only/);
    });
    assert.equal((await (await scope.gateways()).instances.findInstance(instance.id))?.state, 'running');
  });
});
