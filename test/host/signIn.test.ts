import assert from 'node:assert/strict';
import type { TreeItem } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { VpcEndpoint } from '../../src/core/network';
import { views } from '../../src/ui/contributions';
import type { FailureNode } from '../../src/ui/views/failureNode';
import type { ScopeNode } from '../../src/ui/views/scopeNode';
import { editor } from '../support/editorWatch';
import { acceptAll, dismiss, practiceScopes, run } from '../support/hostCommands';
import { ProfileFolder } from '../support/profileFolder';
import { SignInServer } from '../support/signInServer';
import { waitUntil } from '../support/waitUntil';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111122223333:user/somebody</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const expired = `<Response><Errors><Error><Code>RequestExpired</Code><Message>Request has expired.</Message></Error></Errors>
<RequestID>a</RequestID></Response>`;
const noEndpoints = `<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>a</requestId>
<vpcEndpointSet/></DescribeVpcEndpointsResponse>`;
const noInstanceConnect = `<DescribeInstanceConnectEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
<requestId>a</requestId><instanceConnectEndpointSet/></DescribeInstanceConnectEndpointsResponse>`;
const keys = '[work]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-a-secret\n';

describe('a sign-in that has expired, in VS Code', () => {
  let folder: ProfileFolder;
  let server: SignInServer;
  let scope: Scope;
  let isExpired = true;

  before(async () => {
    await practiceScopes();
    folder = new ProfileFolder();
    server = await SignInServer.start();
    server.answers.set('GetCallerIdentity', () => ({ status: 200, body: identity }));
    server.answers.set('DescribeVpcEndpoints', () =>
      isExpired ? { status: 400, body: expired } : { status: 200, body: noEndpoints },
    );
    server.answers.set('DescribeInstanceConnectEndpoints', () => ({ status: 200, body: noInstanceConnect }));
    folder.config(`[profile work]\nregion = ap-south-1\nendpoint_url = ${server.url}\n`);
    folder.credentials(keys);
    scope = await acceptAll(run<Scope>('vpcLabs.scope.add'));
  });

  after(async () => {
    folder.dispose();
    await server.stop();
  });

  const tree = () => editor.tree(views.endpoints);
  const failure = () =>
    tree()
      .underScope('work')
      ?.find((node): node is FailureNode => 'retry' in node);
  const scopeNode = () =>
    tree()
      .under()
      ?.find((node): node is ScopeNode => tree().label(node) === 'work');
  const tagsOf = (node: { item(): TreeItem } | undefined) => node?.item().contextValue ?? '';

  it('is a line with a button, and nothing pops up', async () => {
    const errors = editor.errors.length;
    await waitUntil(() => failure() !== undefined, 'the line that says so');
    assert.match(tagsOf(failure()), /;signIn;/);
    assert.match(failure()?.item().accessibilityInformation?.label ?? '', /Sign in again/);
    assert.equal(editor.errors.length, errors);
  });

  it('is the one button of a command that fails for it, which signs that scope in', async () => {
    const errors = editor.errors.length;
    const reads = server.count('DescribeVpcEndpoints');
    const endpoint = { id: 'vpce-0123456789abcdef0' } as VpcEndpoint;
    editor.pressesErrorButton = true;
    try {
      assert.equal(await run('vpcLabs.endpoint.modifySubnets', { scope, endpoint }), undefined);
      await waitUntil(() => editor.errors.length > errors, 'the error');
      assert.match(editor.errors[errors] ?? '', /expired.*\(AWS: RequestExpired/);
      assert.deepEqual(editor.errorButtons[errors], ['Sign In Again']);
      await waitUntil(() => server.count('DescribeVpcEndpoints') > reads + 1, 'the view to be read again');
    } finally {
      editor.pressesErrorButton = false;
    }
  });

  it('stays when signing in does not help, and is said once when the profile is gone', async () => {
    await run('vpcLabs.scope.signIn', failure());
    assert.match(tagsOf(failure()), /;signIn;/);
    folder.credentials('');
    folder.config('');
    const errors = editor.errors.length;
    assert.equal(await run('vpcLabs.scope.signIn', failure()), undefined);
    assert.match(editor.errors.slice(errors).join(), /^Profile work is not on this machine\./);
  });

  it('is gone when it has been signed in again, without a refresh', async () => {
    folder.credentials(keys);
    isExpired = false;
    assert.equal(await run('vpcLabs.scope.signIn', failure()), scope);
    await waitUntil(() => failure() === undefined, 'the line to go');
  });

  it('is offered from the palette for the scopes that sign in', async () => {
    assert.equal(await acceptAll(run<Scope>('vpcLabs.scope.signIn')), scope);
  });

  it('leaves a scope that can be made read-only, and is then shown as such', async () => {
    await run('vpcLabs.scope.makeReadOnly', { scope });
    await waitUntil(() => /read-only/.test(String(scopeNode()?.item().description)), 'the mark');
    assert.equal(scope.isReadOnly, true);
    assert.doesNotMatch(tagsOf(scopeNode()), /;writable;/);
    assert.equal(await acceptAll(run<Scope>('vpcLabs.scope.allowChanges')), scope);
    assert.equal(scope.isReadOnly, false);
  });

  it('changes no scope when the question is dismissed', async () => {
    assert.equal(await dismiss(run('vpcLabs.scope.makeReadOnly')), undefined);
    assert.equal(await dismiss(run('vpcLabs.scope.remove')), undefined);
    assert.ok(scopeNode());
  });

  it('makes no difference where a scope is that way already, and says so', async () => {
    const notes = editor.notes.length;
    assert.equal(await run('vpcLabs.scope.allowChanges'), undefined);
    const { provider, consumer } = await practiceScopes();
    const all = [provider, consumer, scope];
    for (const each of all) await run('vpcLabs.scope.makeReadOnly', { scope: each });
    assert.equal(await run('vpcLabs.scope.makeReadOnly'), undefined);
    for (const each of all) await run('vpcLabs.scope.allowChanges', { scope: each });
    const said = editor.notes.slice(notes);
    assert.equal(said.length, 2);
    for (const note of said) assert.match(note, /^There is no scope for which this would make a difference/);
  });

  it('is removed from the palette', async () => {
    assert.equal(await acceptAll(run<Scope>('vpcLabs.scope.remove')), scope);
    await waitUntil(() => scopeNode() === undefined, 'the view to forget it');
  });
});
