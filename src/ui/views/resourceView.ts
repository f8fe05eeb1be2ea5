import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { Grouping } from '../../app/arrangement/facets';
import { groupingsOf, groupingWords, ViewArrangement } from '../../app/arrangement/viewArrangement';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { t } from '../../words/translation';
import type { ArrangeableView } from '../commands/arrangeView';
import type { PickableView } from '../pickers/pickResourceNode';
import type { ArrangedView, ResourceViewOptions } from './arrangedView';
import { NodeTree } from './nodeTree';
import { ScopeBranch } from './scopeBranch';
import type { TreeNode } from './treeNode';

export type { ResourceNode, ResourceViewOptions } from './arrangedView';

/**
 * A tree of scopes and their resources. It asks when it is seen, keeps one node for each resource so that a change redraws that node
 * alone, and lets the store poll while it is visible.
 */
export class ResourceView<T extends object> implements ArrangedView<T>, ArrangeableView, PickableView, Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly arrangement: ViewArrangement;
  readonly #owned = new DisposableStore();
  readonly #watching = new Map<Scope, Disposable>();
  readonly #branches = new Map<Scope, ScopeBranch<T>>();
  readonly #tree: NodeTree;

  constructor(readonly options: ResourceViewOptions<T>) {
    const { scopes, store, viewId, log, memory, defaultGrouping } = options;
    this.arrangement = this.#owned.add(new ViewArrangement(viewId, memory, defaultGrouping));
    this.#tree = this.#owned.add(
      new NodeTree(
        () => scopes.scopes.map(scope => this.#branch(scope).node),
        node => this.#parentOf(node),
        log,
      ),
    );
    this.view = options.slots.fill(viewId, this.#tree);
    this.#owned.add(scopes.onDidChange(() => this.#onScopes()));
    this.#owned.add(store.onDidChange(change => this.#onChange(change.scope, change.id)));
    this.#owned.add(this.arrangement.onDidChange(() => this.#onArrangement()));
    this.#owned.add(this.view.onDidChangeVisibility(() => this.#watch()));
    this.#describe();
    this.#watch();
  }

  /** Keeps a thing as long as the view. */
  own(item: Disposable): void {
    this.#owned.add(item);
  }

  get viewId(): string {
    return this.options.viewId;
  }

  /** As the manifest has it. */
  get title(): string {
    return this.view.title ?? this.viewId;
  }

  groupings(): readonly Grouping[] {
    const { facets, scopes, store } = this.options;
    if (!facets) return [];
    return groupingsOf(
      facets,
      scopes.scopes.flatMap(scope => store.get(scope).value ?? []),
    );
  }

  get grouping(): Grouping | undefined {
    return this.options.facets && this.arrangement.grouping;
  }

  get filter(): string {
    return this.options.facets ? this.arrangement.filter : '';
  }

  /** Reads all scopes anew; nodes stay where they are and are redrawn as answers come. */
  async refresh(): Promise<void> {
    const { scopes, store } = this.options;
    await this.whileReading(() => Promise.allSettled(scopes.scopes.map(scope => store.refresh(scope))));
  }

  /**
   * Brings the view to the front and selects a resource, reading its scope if need be; a filter that hides it is cleared. One that is
   * not there selects nothing.
   */
  async reveal(scope: Scope, id: string): Promise<void> {
    await this.options.store.load(scope);
    const branch = this.#branch(scope);
    if (!branch.find(id) && this.options.store.find(scope, id)) this.arrangement.filterBy('');
    const node = branch.find(id);
    if (node) await this.view.reveal(node, { select: true, focus: true });
    else await vscode.commands.executeCommand(`${this.options.viewId}.focus`);
  }

  async nodesOf(scope: Scope): Promise<readonly TreeNode[]> {
    const values = await this.options.store.load(scope);
    return values.map(value => this.options.makeNode(scope, value));
  }

  /** Draws every line again, for what changes with the time. */
  redrawAll(): void {
    this.#tree.redraw();
  }

  /** Tells ages anew, while anybody can see them. */
  redrawAges(): void {
    if (this.view.visible) this.#tree.redrawAges();
  }

  redraw(node: TreeNode): void {
    this.#tree.redraw(node);
  }

  async whileReading<R>(work: () => Promise<R>): Promise<R> {
    return vscode.window.withProgress({ location: { viewId: this.options.viewId } }, work);
  }

  dispose(): void {
    for (const watch of this.#watching.values()) watch.dispose();
    this.#watching.clear();
    this.#owned.dispose();
  }

  #branch(scope: Scope): ScopeBranch<T> {
    const branch = this.#branches.get(scope) ?? new ScopeBranch<T>(this, scope);
    this.#branches.set(scope, branch);
    return branch;
  }

  #parentOf(node: TreeNode): TreeNode | undefined {
    for (const branch of this.#branches.values()) {
      const parent = branch.parentOf(node);
      if (parent) return parent;
    }
    return undefined;
  }

  #onChange(scope: Scope, id: string | undefined): void {
    const branch = this.#branches.get(scope);
    if (branch) this.#tree.redraw(id === undefined ? branch.node : branch.update(id));
  }

  #onArrangement(): void {
    this.#describe();
    this.#tree.redraw();
  }

  /** Says in the title and above the rows that not all is shown, or not in one list. */
  #describe(): void {
    const { grouping, filter } = this;
    this.view.description = [grouping && groupingWords(grouping), filter && `“${filter}”`].filter(Boolean).join(' · ');
    this.view.message = filter && t('Only what matches “{0}” is shown.', filter);
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
