import assert from 'node:assert/strict';
import { commands, languages, Range, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { AddressOwner } from '../../src/app/operations/findAddressOwner';
import { isFullAccess } from '../../src/core/endpointPolicy';
import type { InstanceConnectEndpoint } from '../../src/core/instanceConnectEndpoint';
import type { VpcEndpoint } from '../../src/core/network';
import { views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { acceptAll, acceptUntil, dismiss, practiceScopes, run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('commands of endpoints in VS Code', () => {
  let scope: Scope;
  let gateway: VpcEndpoint;
  let connect: InstanceConnectEndpoint;

  const shown = () => editor.tree(views.endpoints).labels(editor.tree(views.endpoints).underScope('provider'));
  const fresh = async () => {
    const found = await (await scope.gateways()).endpoints.findEndpoint(gateway.id);
    assert.ok(found);
    return found;
  };

  before(async () => {
    scope = (await practiceScopes()).provider;
  });

  it('make a gateway endpoint and an Instance Connect endpoint with Enter throughout, and show them', async () => {
    const made = await acceptAll(run<VpcEndpoint | undefined>('vpcLabs.endpoint.createGateway', { scope }));
    assert.ok(made);
    gateway = made;
    assert.equal(gateway.kind, 'gateway');
    const way = await acceptAll(
      run<InstanceConnectEndpoint | undefined>('vpcLabs.endpoint.createInstanceConnect', { scope }),
    );
    assert.ok(way);
    connect = way;
    await waitUntil(
      () => shown().includes('vpc-labs-s3-gateway') && shown().includes('vpc-labs-connect'),
      () => `the view to show both; it shows ${shown()}`,
    );
  });

  it('make nothing when a wizard is given up at its summary', async () => {
    for (const [command, last] of [
      ['vpcLabs.endpoint.createGateway', 3],
      ['vpcLabs.endpoint.createInstanceConnect', 5],
    ] as const) {
      const running = run(command, { scope });
      await acceptUntil(last);
      assert.equal(await dismiss(running), undefined);
    }
  });

  it('change nothing while the choice is what it is already, and when given up', async () => {
    const running = run('vpcLabs.endpoint.modifyRouteTables', { scope, endpoint: gateway });
    await acceptUntil(1);
    assert.equal(await dismiss(running), false);
    assert.deepEqual((await fresh()).routeTableIds, gateway.routeTableIds);
  });

  it('edit a policy in a document that marks what AWS would refuse, and apply it after a comparison', async () => {
    assert.equal(await run('vpcLabs.endpoint.editPolicy', { scope, endpoint: gateway }), true);
    const document = window.activeTextEditor?.document;
    assert.ok(document);
    assert.match(document.getText(), /"Effect": "Allow"/);
    await replaceText(document.uri, document.getText().replace('"Allow"', '"allow"'));
    await waitUntil(() => languages.getDiagnostics(document.uri).some(({ code }) => code === 'wrongEffect'), 'a mark');
    assert.equal(await run('vpcLabs.policy.apply', document.uri), false);
    assert.equal(isFullAccess((await fresh()).policyDocument), true);
    await replaceText(document.uri, document.getText().replace('"allow"', '"Deny"'));
    assert.equal(await acceptAll(run<boolean>('vpcLabs.policy.apply', document.uri)), true);
    assert.equal(isFullAccess((await fresh()).policyDocument), false);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('set the policy back', async () => {
    assert.equal(await acceptAll(run<boolean>('vpcLabs.endpoint.resetPolicy', { scope, endpoint: gateway })), true);
    assert.equal(isFullAccess((await fresh()).policyDocument), true);
  });

  it('find who has an address', async () => {
    const { network } = await scope.gateways();
    const { networkInterfaces } = await network.readSnapshot(['networkInterfaces']);
    assert.ok(networkInterfaces.known);
    const nic = networkInterfaces.value.find(({ id }) => connect.networkInterfaceIds.includes(id));
    assert.ok(nic);
    const running = run<readonly AddressOwner[] | undefined>('vpcLabs.address.find', { scope });
    await acceptUntil(1);
    const question = editor.questions.at(-1);
    assert.ok(question);
    question.value = nic.privateIpAddress;
    const owners = await acceptAll(running);
    assert.equal(owners?.[0]?.kind, 'instanceConnect');
  });

  it('delete all that are selected after one dialog, or none', async () => {
    const dialogs = editor.dialogs.length;
    const selection = [
      { scope, endpoint: gateway },
      { scope, instanceConnect: connect },
    ];
    const remove = () =>
      commands.executeCommand<boolean>('vpcLabs.endpoint.delete', { scope, endpoint: gateway }, selection);
    editor.confirms = false;
    try {
      assert.equal(await remove(), false);
    } finally {
      editor.confirms = true;
    }
    assert.equal(await remove(), true);
    assert.equal(editor.dialogs.length, dialogs + 2);
    assert.match(editor.dialogs.at(-1)?.message ?? '', /Delete 2 endpoints/);
    await waitUntil(
      () => !shown().some(label => label.startsWith('vpc-labs-')),
      () => `both to be gone; the view shows ${shown()}`,
    );
  });
});

async function replaceText(uri: Uri, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(0, 0, 10_000, 0), text);
  assert.ok(await workspace.applyEdit(edit));
}
