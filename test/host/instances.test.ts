import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { Instance, SecurityGroup } from '../../src/core/network';
import { editor } from '../support/editorWatch';
import { acceptAll, acceptUntil, dismiss, practiceScopes, run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('instances in VS Code', () => {
  let scope: Scope;
  let instance: Instance;

  const state = async () => (await (await scope.gateways()).instances.findInstance(instance.id))?.state;
  const groups = async (): Promise<readonly SecurityGroup[]> => {
    const { securityGroups } = await (await scope.gateways()).network.readSnapshot(['securityGroups']);
    assert.ok(securityGroups.known);
    return securityGroups.value;
  };

  before(async () => {
    scope = (await practiceScopes()).provider;
  });

  it('are not launched when the wizard is given up', async () => {
    const before = (await (await scope.gateways()).instances.listInstances()).length;
    const running = run('vpcLabs.instance.launch', { scope });
    await acceptUntil(4);
    assert.equal(await dismiss(running), undefined);
    assert.equal((await (await scope.gateways()).instances.listInstances()).length, before);
  });

  it('are launched with Enter throughout, and are online when that is done', async () => {
    const made = await acceptAll(run<Instance | undefined>('vpcLabs.instance.launch', { scope }));
    assert.ok(made);
    instance = made;
    const status = await (await scope.gateways()).instances.listSessionManagerStatus();
    assert.equal(status.get(instance.id), 'online');
  });

  it('stay as they are when the dialog is dismissed, which names account and scope', async () => {
    editor.confirms = false;
    try {
      assert.equal(await run('vpcLabs.instance.terminate', { scope, instance }), false);
    } finally {
      editor.confirms = true;
    }
    const dialog = editor.dialogs.at(-1);
    assert.match(dialog?.message ?? '', /Terminate .*provider.*PRACTICE/);
    assert.match(dialog?.detail ?? '', /disk is deleted.*/);
    assert.equal(await state(), 'running');
  });

  it('stop, start and are terminated', async () => {
    assert.equal(await run('vpcLabs.instance.stop', { scope, instance }), true);
    await waitUntil(async () => (await state()) === 'stopped', 'the instance to be stopped');
    assert.equal(await acceptAll(run('vpcLabs.instance.start', { scope, instance })), true);
    await waitUntil(async () => (await state()) === 'running', 'the instance to run');
    assert.equal(await run('vpcLabs.instance.terminate', { scope, instance }), true);
    await waitUntil(async () => (await state()) !== 'running', 'the instance to go');
  });

  it('take rules into their groups, and give them up', async () => {
    const id = await acceptAll(run<string | undefined>('vpcLabs.securityGroup.create', { scope }));
    const group = (await groups()).find(each => each.id === id);
    assert.ok(group);
    const ruleId = await acceptAll(run<string | undefined>('vpcLabs.securityGroup.addRule', { scope, group }));
    const rule = (await groups()).flatMap(({ rules }) => rules).find(each => each.id === ruleId);
    assert.deepEqual([rule?.direction, rule?.protocol, rule?.fromPort], ['ingress', 6, 443]);
    assert.ok(rule);
    assert.equal(await run('vpcLabs.securityGroup.removeRule', { scope, group, rule }), true);
    assert.equal(await run('vpcLabs.securityGroup.delete', { scope, group }), true);
    assert.equal(
      (await groups()).some(each => each.id === id),
      false,
    );
  });
});
