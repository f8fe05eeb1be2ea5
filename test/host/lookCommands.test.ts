import assert from 'node:assert/strict';
import { env, window, workspace } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { AddressOwner } from '../../src/app/operations/findAddressOwner';
import type { ServiceVerification } from '../../src/app/operations/verifyService';
import { contextKeys, views } from '../../src/ui/contributions';
import type { ResourceTarget } from '../../src/ui/views/targets';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { editor } from '../support/editorWatch';
import {
  acceptUntil,
  answerAll,
  dismiss,
  practiceScopes,
  run,
  runFromPalette,
  unregisteredInstance,
} from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const arrangeable = Object.values(views);
const nouns = ['endpoints', 'services', 'pending', 'peering', 'instances'] as const;

describe('commands that look in VS Code', () => {
  let scope: Scope;

  const shown = () => editor.tree(views.instances).labels(editor.tree(views.instances).underScope('provider'));
  const isResource = (node: TreeNode): node is TreeNode & ResourceTarget => 'resource' in node;
  const instanceNode = () => editor.tree(views.instances).underScope('provider')?.find(isResource);
  const filtered = () => editor.contextKeys.get(contextKeys.filteredViews);
  const clipboard = () => env.clipboard.readText();

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).provider;
    await waitUntil(() => instanceNode() !== undefined, 'the view to show an instance');
  });

  it('copy the id, the ARN and the AWS CLI line of a resource', async () => {
    const node = instanceNode();
    assert.ok(node);
    const { id } = node.resource;
    for (const [command, form] of [
      ['vpcLabs.resource.copyId', new RegExp(`^${id}$`)],
      ['vpcLabs.resource.copyArn', new RegExp(`^arn:aws:ec2:ap-south-1:\\d{12}:instance/${id}$`)],
      ['vpcLabs.resource.copyDescribeCommand', new RegExp(`^aws ec2 describe-instances .*${id}`)],
    ] as const) {
      assert.match(String(await run(command, node)), form);
      assert.match(await clipboard(), form);
    }
  });

  it('copy nothing of what has no such thing, and say so', async () => {
    await env.clipboard.writeText('as it was');
    const odd = { scope, resource: { id: 'nothing', ownerId: undefined } } as unknown as ResourceTarget;
    for (const command of ['vpcLabs.resource.copyDnsName', 'vpcLabs.resource.copyDescribeCommand'] as const) {
      const notes = editor.notes.length;
      assert.equal(await run(command, odd), undefined, command);
      assert.match(editor.notes.slice(notes).join(), /^nothing has no such thing to copy/);
    }
    assert.equal(await clipboard(), 'as it was');
  });

  it('copy no value without a line, or of one that has none', async () => {
    await env.clipboard.writeText('as it was');
    assert.equal(await run('vpcLabs.value.copy', { copyText: '' }), undefined);
    assert.equal(await run('vpcLabs.value.copy'), undefined);
    assert.equal(await clipboard(), 'as it was');
  });

  it('copy the DNS name of a resource that has one', async () => {
    const target = { scope, resource: { id: 'vpce-0', dnsName: 'vpce-0.example.test' } } as unknown as ResourceTarget;
    assert.equal(await run('vpcLabs.resource.copyDnsName', target), 'vpce-0.example.test');
    assert.equal(await clipboard(), 'vpce-0.example.test');
  });

  it('ask for the resource when run from the palette, and do nothing when that is dismissed', async () => {
    assert.equal(
      await runFromPalette('vpcLabs.resource.copyId', /^provider$/, /^provider-instance$/),
      instanceNode()?.resource.id,
    );
    await env.clipboard.writeText('as it was');
    for (const command of [
      'vpcLabs.resource.openJson',
      'vpcLabs.resource.copyId',
      'vpcLabs.resource.copyArn',
      'vpcLabs.resource.copyDnsName',
      'vpcLabs.resource.copyDescribeCommand',
      'vpcLabs.resource.openInConsole',
    ] as const)
      assert.equal(await dismiss(run(command)), undefined, command);
    assert.equal(await clipboard(), 'as it was');
  });

  it('open a resource as JSON that cannot be edited, but none that is gone', async () => {
    const node = instanceNode();
    assert.ok(node);
    await run('vpcLabs.resource.openJson', node);
    const { document } = window.activeTextEditor ?? {};
    assert.match(document?.getText() ?? '', new RegExp(`"${node.resource.id}"`));
    assert.equal(document?.uri.scheme, 'vpc-labs');
    const errors = editor.errors.length;
    const gone = { scope, resource: { ...node.resource, id: 'i-0123456789abcdef0' } };
    assert.equal(await run('vpcLabs.resource.openJson', gone), undefined);
    assert.equal(editor.errors.length, errors + 1);
  });

  it('open the console for a scope of AWS, and say that it shows nothing of another', async () => {
    const node = instanceNode();
    assert.ok(node);
    const visits = editor.pagesOpened.length;
    const notes = editor.notes.length;
    assert.equal(await run('vpcLabs.resource.openInConsole', node), undefined);
    assert.match(editor.notes.slice(notes).join(), /console shows nothing of provider/);
    assert.equal(editor.pagesOpened.length, visits);
    const live = { scope: { ...scope, kind: 'live' as const }, resource: node.resource };
    const url = await run<string>('vpcLabs.resource.openInConsole', live);
    assert.match(url, /^https:\/\/.*console\.aws\.amazon\.com\/.*i-/);
    assert.equal(editor.pagesOpened.length, visits + 1);
  });

  it('filter a view by a text, until it is cleared there', async () => {
    editor.texts.push('no such words');
    assert.equal(await run('vpcLabs.instances.filter'), 'no such words');
    await waitUntil(() => instanceNode() === undefined, 'the view to show nothing');
    assert.deepEqual(filtered(), [views.instances]);
    await run('vpcLabs.endpoints.clearFilter');
    assert.deepEqual(filtered(), [views.instances]);
    await run('vpcLabs.instances.clearFilter');
    await waitUntil(() => instanceNode() !== undefined, 'the view to show the instance again');
    assert.deepEqual(filtered(), []);
  });

  it('keep the filter when the question is dismissed', async () => {
    for (const noun of nouns) {
      editor.texts.push('word');
      assert.equal(await run(`vpcLabs.${noun}.filter`), 'word', noun);
      assert.equal(await dismiss(run(`vpcLabs.${noun}.filter`)), 'word', noun);
    }
    assert.deepEqual([...(filtered() as string[])].sort(), [...arrangeable].sort());
    editor.texts.push('other');
    assert.equal(await run('vpcLabs.view.filter', { viewId: views.peering }), 'other');
    for (const noun of nouns.slice(1)) await run(`vpcLabs.${noun}.clearFilter`);
    assert.deepEqual(filtered(), [views.endpoints]);
    await run('vpcLabs.view.clearFilter');
    await run('vpcLabs.view.clearFilter');
    assert.deepEqual(filtered(), []);
  });

  it('group a view, keep that when the question is dismissed, and show one list again', async () => {
    for (const noun of nouns) {
      editor.choices.push(/^by state$/);
      assert.ok(await run(`vpcLabs.${noun}.groupBy`), noun);
      const { description } = editor.views.get(views[noun]) ?? {};
      assert.match(description ?? '', /state/i);
      assert.equal(await dismiss(run(`vpcLabs.${noun}.groupBy`)), undefined);
      assert.equal(editor.views.get(views[noun])?.description, description);
      editor.choices.push(/^one list$/);
      await run(`vpcLabs.${noun}.groupBy`);
      assert.equal(editor.views.get(views[noun])?.description, '');
    }
  });

  it('ask which view when they are not told, and do nothing for one that is not there', async () => {
    assert.equal(await dismiss(run('vpcLabs.view.groupBy')), undefined);
    assert.equal(await dismiss(run('vpcLabs.view.filter')), undefined);
    for (const command of ['vpcLabs.view.groupBy', 'vpcLabs.view.filter', 'vpcLabs.view.clearFilter'] as const)
      assert.equal(await run(command, { viewId: 'vpcLabs.nowhere' }), undefined, command);
    assert.ok(await runFromPalette('vpcLabs.view.groupBy', /instances/i, /^by state$/));
    await runFromPalette('vpcLabs.view.groupBy', /instances/i, /^one list$/);
    assert.deepEqual(filtered(), []);
  });

  it('verify the name of a service, and say what it is not', async () => {
    const verify = (name: string) =>
      answerAll(run<ServiceVerification | undefined>('vpcLabs.service.verifyName', { scope }), [
        [/^The full name/, name],
      ]);
    assert.equal((await verify('com.amazonaws.ap-south-1.s3'))?.kind, 'found');
    const dialogs = editor.dialogs.length;
    assert.notEqual((await verify('com.amazonaws.ap-south-1.nothing'))?.kind, 'found');
    assert.equal(editor.dialogs.length, dialogs + 1);
    const running = run('vpcLabs.service.verifyName', { scope });
    await acceptUntil(1);
    assert.equal(await dismiss(running), undefined);
  });

  it('find nobody for an address that nobody has, say so, and ask nothing when dismissed', async () => {
    const running = run<readonly AddressOwner[]>('vpcLabs.address.find', { scope });
    const dialogs = editor.dialogs.length;
    assert.deepEqual(await answerAll(running, [[/^An IPv4 address/, '192.0.2.1']]), []);
    assert.match(editor.dialogs[dialogs]?.message ?? '', /has 192\.0\.2\.1/);
    const given = run('vpcLabs.address.find', { scope });
    await acceptUntil(1);
    assert.equal(await dismiss(given), undefined);
  });

  it('show more of a list, once for each time it is asked, and nothing without one', async () => {
    let count = 0;
    const more = { showMore: () => void count++ };
    await run('vpcLabs.view.showMore', more);
    await run('vpcLabs.view.showMore');
    assert.equal(count, 1);
  });

  it('try again what failed, and nothing without a line', async () => {
    let count = 0;
    const line = {
      retry: async () => {
        count++;
        throw new Error('it fails again');
      },
    };
    const errors = editor.errors.length;
    await run('vpcLabs.node.retry', line);
    await run('vpcLabs.node.retry');
    assert.equal(count, 1);
    assert.equal(editor.errors.length, errors + 1);
  });

  it('read all anew, and show it without a word when there is nothing new', async () => {
    const before = shown();
    const errors = editor.errors.length;
    for (const noun of nouns) await run(`vpcLabs.${noun}.refresh`);
    assert.deepEqual(shown(), before);
    await unregisteredInstance(scope);
    await run('vpcLabs.instances.refresh');
    await waitUntil(() => shown().includes('without a role'), 'the view to show it');
    assert.equal(editor.errors.length, errors);
  });

  it('show one log, however often it is asked for and with whatever', async () => {
    for (const odd of [undefined, { nothing: 'of use' } as unknown as undefined]) {
      await run('vpcLabs.log.show', odd);
      await waitUntil(() => logs().length === 1, 'the log to be shown');
    }
  });

  it('show the same log after a command that failed', async () => {
    const errors = editor.errors.length;
    await run('vpcLabs.node.retry', { retry: () => Promise.reject(new Error('it fails for the log')) });
    await run('vpcLabs.log.show');
    assert.equal(editor.errors.length, errors + 1);
    await waitUntil(() => logs().length === 1, 'the log to be shown');
  });
});

function logs() {
  return workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output' && /VPC Endpoint Labs/.test(uri.path));
}
