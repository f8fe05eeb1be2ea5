import * as vscode from 'vscode';
import type { ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { Log } from '../../base/log';
import { FailureNode } from './failureNode';
import { MessageNode } from './messageNode';
import { NodeTree } from './nodeTree';
import { ScopeNode } from './scopeNode';
import type { TreeNode } from './treeNode';

/** A node that draws one resource of a store and can be given its newer value. */
export interface ResourceNode<T> extends TreeNode {
  value: T;
}

export interface ResourceViewOptions<T> {
  readonly viewId: string;
  readonly scopes: ScopeStore;
  readonly store: ResourceStore<T>;
  readonly log: Log;
  makeNode(scope: Scope, value: T): ResourceNode<T>;
  /** What stands under a scope that has none: a sentence, and perhaps what to do about it. */
  emptyText(): string;
  emptyCommand?(scope: Scope): vscode.Command;
}

interface ScopeBranch<T> {
  readonly node: ScopeNode;
  readonly resources: Map<string, ResourceNode<T>>;
}

/**
 * A tree of scopes and their resources. It asks when it is seen, keeps one node for each resource so that a change redraws that node
 * alone, and lets the store poll while it is visible.
 */
export class ResourceView<T> implements Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly #owned = new DisposableStore();
  readonly #watching = new Map<Scope, Disposable>();
  readonly #branches = new Map<Scope, ScopeBranch<T>>();
  readonly #tree: NodeTree;

  constructor(private readonly options: ResourceViewOptions<T>) {
    const { scopes, store, viewId, log } = options;
    this.#tree = this.#owned.add(
      new NodeTree(
        () => this.#roots(),
        node => this.#scopeNodeOf(node),
        log,
      ),
    );
    this.view = this.#owned.add(
      vscode.window.createTreeView(viewId, { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#owned.add(scopes.onDidChange(() => this.#onScopes()));
    this.#owned.add(store.onDidChange(change => this.#onChange(change.scope, change.id)));
    this.#owned.add(this.view.onDidChangeVisibility(() => this.#watch()));
    this.#watch();
  }

  /** Reads all scopes anew; nodes stay where they are and are redrawn as answers come. */
  async refresh(): Promise<void> {
    const readings = this.options.scopes.scopes.map(scope => this.options.store.refresh(scope));
    await Promise.allSettled(readings);
  }

  /** Brings the view to the front and selects a resource, reading its scope if need be. One that is not there selects nothing. */
  async reveal(scope: Scope, id: string): Promise<void> {
    const values = await this.options.store.load(scope);
    this.#nodes(scope, values);
    const node = this.#branch(scope).resources.get(id);
    if (node) await this.view.reveal(node, { select: true, focus: true });
    else await vscode.commands.executeCommand(`${this.options.viewId}.focus`);
  }

  dispose(): void {
    for (const watch of this.#watching.values()) watch.dispose();
    this.#watching.clear();
    this.#owned.dispose();
  }

  #roots(): readonly TreeNode[] {
    return this.options.scopes.scopes.map(scope => this.#branch(scope).node);
  }

  #scopeNodeOf(node: TreeNode): TreeNode | undefined {
    for (const branch of this.#branches.values())
      for (const resource of branch.resources.values()) if (resource === node) return branch.node;
    return undefined;
  }

  #branch(scope: Scope): ScopeBranch<T> {
    const known = this.#branches.get(scope);
    if (known) return known;
    const branch = {
      node: new ScopeNode(this.options.viewId, scope, node => this.#children(node)),
      resources: new Map<string, ResourceNode<T>>(),
    };
    this.#branches.set(scope, branch);
    return branch;
  }

  async #children(node: ScopeNode): Promise<readonly TreeNode[]> {
    const { scope } = node;
    const { store } = this.options;
    try {
      return this.#nodes(scope, await store.load(scope));
    } catch (error) {
      const failure = new FailureNode(node.id, error, async () => {
        await store.refresh(scope).catch(() => undefined);
        this.#tree.redraw(node);
      });
      return [failure, ...this.#nodes(scope, store.get(scope).value ?? [], false)];
    }
  }

  #nodes(scope: Scope, values: readonly T[], hasEmptyText = true): readonly TreeNode[] {
    const { resources, node } = this.#branch(scope);
    const current = values.map(value => this.#nodeOf(scope, resources, value));
    const ids = new Set(values.map(value => this.options.store.idOf(value)));
    for (const id of resources.keys()) if (!ids.has(id)) resources.delete(id);
    if (current.length > 0 || !hasEmptyText) return current;
    return [new MessageNode(`${node.id}/empty`, this.options.emptyText(), this.options.emptyCommand?.(scope))];
  }

  #nodeOf(scope: Scope, resources: Map<string, ResourceNode<T>>, value: T): ResourceNode<T> {
    const id = this.options.store.idOf(value);
    const known = resources.get(id);
    if (known) {
      known.value = value;
      return known;
    }
    const made = this.options.makeNode(scope, value);
    resources.set(id, made);
    return made;
  }

  #onChange(scope: Scope, id: string | undefined): void {
    const branch = this.#branches.get(scope);
    if (!branch) return;
    const node = id === undefined ? undefined : branch.resources.get(id);
    const value = id === undefined ? undefined : this.options.store.find(scope, id);
    if (node && value !== undefined) {
      node.value = value;
      this.#tree.redraw(node);
    } else this.#tree.redraw(branch.node);
  }

  #onScopes(): void {
    const { scopes } = this.options.scopes;
    for (const scope of this.#branches.keys()) if (!scopes.includes(scope)) this.#branches.delete(scope);
    this.#watch();
    this.#tree.redraw();
  }

  #watch(): void {
    const scopes = this.view.visible ? this.options.scopes.scopes : [];
    for (const [scope, watch] of this.#watching) {
      if (scopes.includes(scope)) continue;
      watch.dispose();
      this.#watching.delete(scope);
    }
    for (const scope of scopes)
      if (!this.#watching.has(scope)) this.#watching.set(scope, this.options.store.watch(scope));
  }
}
