import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { SecurityGroup, VpcEndpoint } from '../../src/core/network';
import { views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { acceptAll, practiceScopes, run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('the button of an error in VS Code', () => {
  let scope: Scope;
  let endpoint: VpcEndpoint;

  before(async () => {
    scope = (await practiceScopes()).provider;
    const made = await acceptAll(run<VpcEndpoint | undefined>('vpcLabs.endpoint.createInterface', { scope }));
    assert.ok(made);
    endpoint = made;
  });

  after(async () => {
    await run('vpcLabs.endpoint.delete', { scope, endpoint });
  });

  /** Presses the button of the error that the work ends with; resolves with the error. */
  async function pressed(work: () => Promise<unknown>, button: string): Promise<string> {
    const errors = editor.errors.length;
    editor.pressesErrorButton = true;
    try {
      await work();
      await waitUntil(() => editor.errors.length > errors, 'an error');
    } finally {
      editor.pressesErrorButton = false;
    }
    assert.deepEqual(editor.errorButtons[errors], [button]);
    return editor.errors[errors] ?? '';
  }

  it('shows in the tree what keeps a security group from being deleted, under AWS’s code and the request’s id', async () => {
    const { securityGroups } = await (await scope.gateways()).network.readSnapshot(['securityGroups']);
    assert.ok(securityGroups.known);
    const group = securityGroups.value.find(({ id }) => endpoint.securityGroupIds.includes(id)) as SecurityGroup;
    const said = await pressed(() => run('vpcLabs.securityGroup.delete', { scope, group }), 'Show Endpoint');
    assert.match(said, /still in use.*\(AWS: DependencyViolation, request [\w-]+\)$/);
    const selected = () => editor.views.get(views.endpoints)?.selection.map(node => node.id) ?? [];
    await waitUntil(
      () => selected().some(id => id.includes(endpoint.id)),
      () => `the endpoint to be selected; it is ${selected()}`,
    );
  });

  it('allows changes of a scope that was made read-only', async () => {
    await run('vpcLabs.scope.makeReadOnly', { scope });
    const said = await pressed(() => run('vpcLabs.endpoint.delete', { scope, endpoint }), 'Allow Changes');
    assert.match(said, /read-only/);
    await waitUntil(() => scope.isReadOnly === false, 'the scope to allow changes');
  });
});
