import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { VpcEndpoint } from '../../src/core/network';
import { views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { acceptAll, acceptUntil, dismiss, practiceScopes, run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('endpoints in VS Code', () => {
  let scope: Scope;
  let endpoint: VpcEndpoint;

  const listed = async () => (await scope.gateways()).endpoints.listEndpoints();
  const groupNames = async () => {
    const { securityGroups } = await (await scope.gateways()).network.readSnapshot(['securityGroups']);
    assert.ok(securityGroups.known);
    return securityGroups.value.map(group => group.name);
  };
  const shown = () => editor.tree(views.endpoints).labels(editor.tree(views.endpoints).underScope('consumer'));

  before(async () => {
    await practiceScopes();
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).consumer;
  });

  it('are not made when the wizard is given up, at its first question or its last', async () => {
    const groups = await groupNames();
    for (const step of [1, 9]) {
      const running = run('vpcLabs.endpoint.createInterface', { scope });
      await acceptUntil(step);
      assert.equal(await dismiss(running), undefined);
    }
    assert.deepEqual(await listed(), []);
    assert.deepEqual(await groupNames(), groups);
  });

  it('may be thought over: each question leads back to the one before', async () => {
    const running = run('vpcLabs.endpoint.createInterface', { scope });
    await waitUntil(() => editor.questions.at(-1)?.step === 1, 'the first question');
    const question = editor.questions.at(-1);
    assert.ok(question && 'items' in question);
    assert.match(question.items[0]?.label ?? '', /A service by its name/);
    assert.match(question.activeItems[0]?.description ?? '', /\.ec2$/);
    await acceptUntil(3);
    await commands.executeCommand('workbench.action.quickInputBack');
    await waitUntil(() => editor.questions.at(-1)?.step === 2, 'the second question again');
    assert.equal(await dismiss(running), undefined);
  });

  it('are made with Enter throughout, and turn available', async () => {
    const made = await acceptAll(run<VpcEndpoint | undefined>('vpcLabs.endpoint.createInterface', { scope }));
    assert.ok(made);
    endpoint = made;
    assert.match(endpoint.serviceName, /\.ec2$/);
    await waitUntil(async () => (await listed())[0]?.state === 'available', 'the endpoint to be available');
    await waitUntil(
      () => shown().join() === 'vpc-labs-ec2',
      () => `the view to show it; it shows ${shown()}`,
    );
  });

  it('give their values to the clipboard', async () => {
    const [node] = editor.tree(views.endpoints).underScope('consumer') ?? [];
    assert.ok(node && 'copyText' in node);
    assert.equal(await run('vpcLabs.value.copy', { copyText: String(node.copyText) }), endpoint.id);
    assert.equal(await env.clipboard.readText(), endpoint.id);
  });

  it('stay when the dialog that names what is lost is dismissed', async () => {
    editor.confirms = false;
    try {
      assert.equal(await run('vpcLabs.endpoint.delete', { scope, endpoint }), false);
    } finally {
      editor.confirms = true;
    }
    const dialog = editor.dialogs.at(-1);
    assert.match(dialog?.message ?? '', /vpc-labs-ec2.*consumer.*PRACTICE/);
    assert.match(dialog?.detail ?? '', /172\.31\.\d+\.\d+/);
    assert.equal((await listed())[0]?.state, 'available');
  });

  it('are deleted after it, and leave the view', async () => {
    assert.equal(await run('vpcLabs.endpoint.delete', { scope, endpoint }), true);
    await waitUntil(async () => (await listed()).length === 0, 'the endpoint to be gone');
    await waitUntil(
      () => /No endpoints yet/.test(shown().join()),
      () => `the view to be empty; it shows ${shown()}`,
    );
  });

  it('may be gone already when they are to be deleted', async () => {
    const errors = editor.errors.length;
    assert.equal(await run('vpcLabs.endpoint.delete', { scope, endpoint }), true);
    assert.deepEqual(editor.errors.slice(errors), []);
  });

  it('appear after a refresh when somebody else made them', async () => {
    const { endpoints, network } = await scope.gateways();
    const { subnets } = await network.readSnapshot(['subnets']);
    assert.ok(subnets.known);
    const other = await endpoints.createInterfaceEndpoint({
      vpcId: endpoint.vpcId,
      serviceName: endpoint.serviceName.replace(/ec2$/, 'ssm'),
      subnetIds: subnets.value.slice(0, 1).map(({ id }) => id),
      securityGroupIds: [],
      privateDnsEnabled: false,
      tags: { Name: 'made elsewhere' },
      clientToken: 'elsewhere',
    });
    await run('vpcLabs.endpoints.refresh');
    await waitUntil(
      () => shown().includes('made elsewhere'),
      () => `the view to show it; it shows ${shown()}`,
    );
    await endpoints.deleteEndpoint(other.id);
  });
});
