import assert from 'node:assert/strict';
import { ThemeIcon, TreeItemCollapsibleState } from 'vscode';
import type { Loadable, ResourceStore, Scope } from '../../src/app/appModel';
import { endpointFacets } from '../../src/app/facets/endpointFacets';
import { instanceFacets } from '../../src/app/facets/instanceFacets';
import { peeringFacets } from '../../src/app/facets/peeringFacets';
import { requestFacets } from '../../src/app/facets/requestFacets';
import { serviceFacets } from '../../src/app/facets/serviceFacets';
import { silentLog } from '../../src/base/log';
import { LabError } from '../../src/core/errors';
import { nodeTags, views } from '../../src/ui/contributions';
import type { ArrangedView } from '../../src/ui/views/arrangedView';
import { DetailNode } from '../../src/ui/views/detailNode';
import { MoreNode } from '../../src/ui/views/moreNode';
import { NodeTree } from '../../src/ui/views/nodeTree';
import { ScopeBranch } from '../../src/ui/views/scopeBranch';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { editor, type WatchedTree } from '../support/editorWatch';
import { fillPractice } from '../support/fillPractice';
import { HandClock } from '../support/handClock';
import { practiceScopes, run } from '../support/hostCommands';

type Tree = Pick<WatchedTree, 'open' | 'item'>;

const facets = {
  [views.endpoints]: endpointFacets,
  [views.services]: serviceFacets,
  [views.pending]: requestFacets,
  [views.peering]: peeringFacets,
  [views.instances]: instanceFacets,
} as const;

/** Every line of a tree, all of them opened. */
async function walk(tree: Tree, node?: TreeNode): Promise<readonly TreeNode[]> {
  const lines: TreeNode[] = [];
  const children = await tree.open(node);
  assert.ok(children.length > 0, `${node?.id} opens into something`);
  for (const child of children) {
    lines.push(child);
    if (tree.item(child).collapsibleState !== TreeItemCollapsibleState.None) lines.push(...(await walk(tree, child)));
  }
  return lines;
}

/** What is wrong with how a line is drawn and told. */
function faultsOf(tree: Tree, node: TreeNode): readonly string[] {
  const { id, label, description, tooltip, iconPath, collapsibleState, contextValue, accessibilityInformation } =
    tree.item(node);
  const said = (accessibilityInformation?.label ?? '').toLowerCase();
  const name = typeof label === 'string' ? label : (label?.label ?? '');
  const written = [name, ...(typeof description === 'string' ? description.split(' · ') : [])].filter(Boolean);
  const unsaid = written.filter(part => !said.includes(part.toLowerCase()));
  const tags = (contextValue ?? '').split(';').filter(Boolean);
  const unknown = tags.filter(tag => !(nodeTags as readonly string[]).includes(tag));
  return [
    ...(id === node.id ? [] : [`has the id ${id}`]),
    ...(name ? [] : ['has no label']),
    ...unsaid.map(part => `does not say "${part}" but "${said}"`),
    ...(iconPath instanceof ThemeIcon || collapsibleState === TreeItemCollapsibleState.Expanded ? [] : ['has no icon']),
    ...written.filter(part => !String(tooltip).includes(part)).map(part => `does not show "${part}" over it`),
    ...unknown.map(tag => `has the unknown tag ${tag}`),
  ].map(fault => `${node.id} ${fault}`);
}

function assertWellTold(tree: Tree, lines: readonly TreeNode[]): void {
  assert.deepEqual(
    lines.flatMap(node => faultsOf(tree, node)),
    [],
  );
  const ids = lines.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
    'ids are unique',
  );
}

/** A tree of one scope whose list is as given. */
function treeOf(state: Partial<Loadable<readonly object[]>>, scope: Scope, filter = ''): Tree {
  const loadable = { value: undefined, isLoading: false, error: undefined, isPartial: false, ...state };
  const store = {
    get: () => loadable,
    firstRows: async () => loadable,
    load: async () => [],
    find: () => undefined,
    idOf: (item: { readonly number: number }) => String(item.number),
  } as unknown as ResourceStore<object>;
  const view: ArrangedView<object> = {
    options: {
      viewId: 'test',
      store,
      clock: new HandClock(),
      facets: { stateOf: () => ({ words: 'odd', severity: 'bad' }), textsOf: () => ['odd'] },
      emptyText: () => 'There is nothing.',
      makeNode: (_scope: Scope, { number }: { readonly number: number }) =>
        new DetailNode(`test/${number}`, { label: String(number), icon: 'plug' }),
    } as unknown as ArrangedView<object>['options'],
    grouping: undefined,
    filter,
    redraw: () => undefined,
    whileReading: work => work(),
  };
  const { node } = new ScopeBranch(view, scope);
  const tree = new NodeTree(
    () => [node],
    () => undefined,
    silentLog,
  );
  return { open: node => tree.getChildren(node), item: node => tree.getTreeItem(node) };
}

describe('the lines of the sidebar', function () {
  this.timeout(120_000);
  let scope: Scope;

  before(async () => {
    await run('vpcLabs.practice.reset');
    const { provider, consumer } = await practiceScopes();
    scope = provider;
    await fillPractice(provider, consumer);
    for (const view of Object.keys(facets)) await run(`${view as keyof typeof facets}.refresh`);
  });
  after(() => run('vpcLabs.practice.reset'));

  for (const [view, { stateOf }] of Object.entries(facets)) {
    it(`say in ${view} all that is written, have an id, an icon and a tooltip, and each resource says its state`, async () => {
      const tree = editor.tree(view);
      const lines = await walk(tree);
      assertWellTold(tree, lines);
      const resources = lines.filter((node): node is TreeNode & { value: never } => 'value' in node);
      assert.ok(resources.length > 0, 'there are resources');
      for (const node of resources) {
        const said = tree.item(node).accessibilityInformation?.label ?? '';
        assert.ok(said.includes(stateOf(node.value).words), `"${stateOf(node.value).words}" is said in "${said}"`);
      }
      const again = await walk(tree);
      assert.deepEqual(
        again.map(({ id }) => id),
        lines.map(({ id }) => id),
      );
    });
  }

  it('say that a list is being read, empty, incomplete, hidden by a filter or not to be had', async () => {
    const error = new LabError('accessDenied', { action: 'ec2:DescribeVpcEndpoints' });
    for (const tree of [
      treeOf({ isLoading: true }, scope),
      treeOf({ value: [] }, scope),
      treeOf({ value: [], isLoading: true, isPartial: true }, scope),
      treeOf({ value: [], isPartial: true, error }, scope),
      treeOf({ value: [{}] }, scope, 'even'),
      treeOf({ error }, { ...scope, isReadOnly: true }),
    ]) {
      const lines = await walk(tree);
      assert.ok(lines.length > 1, 'something is said under the scope');
      assertWellTold(tree, lines);
    }
  });

  it('stand in portions of 500, and the line behind a portion shows the next one', async () => {
    const tree = treeOf({ value: Array.from({ length: 1_200 }, (_, number) => ({ number })) }, scope);
    const [root] = await tree.open();
    for (const [shown, words] of [
      [500, 'Show 500 more of 1200'],
      [1_000, 'Show 200 more of 1200'],
    ] as const) {
      const lines = await tree.open(root);
      const more = lines.at(-1);
      assert.equal(lines.length, shown + 1);
      assert.ok(more instanceof MoreNode);
      assert.equal(tree.item(more).label, words);
      await run('vpcLabs.view.showMore', more);
    }
    assert.equal((await tree.open(root)).length, 1_200);
  });

  it('say what is to be done about what failed', async () => {
    const expired = new LabError('credentialsExpired', {});
    const tree = treeOf({ error: expired }, { ...scope, signIn: async () => undefined });
    const lines = await walk(tree);
    assertWellTold(tree, lines);
    const said = lines.map(node => tree.item(node).accessibilityInformation?.label ?? '');
    assert.match(said.at(-1) ?? '', /Sign in again/);
    const failing: TreeNode = {
      id: 'failing',
      item: () => ({ label: 'failing' }),
      children: () => Promise.reject(new LabError('throttled', {})),
    };
    const [failure] = await tree.open(failing);
    assert.ok(failure);
    assert.deepEqual(faultsOf(tree, failure), []);
    assert.match(tree.item(failure).accessibilityInformation?.label ?? '', /Try again/);
  });
});
