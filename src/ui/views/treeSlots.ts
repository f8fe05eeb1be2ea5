import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { multiSelectViews, views } from '../contributions';
import type { TreeNode } from './treeNode';

/** The trees as the editor knows them from the beginning. What fills them is loaded when one of them is first seen. */
export class TreeSlots implements Disposable {
  readonly #slots: ReadonlyMap<string, TreeSlot>;

  /** `load` fills all slots. */
  constructor(load: () => Promise<unknown>) {
    this.#slots = new Map(Object.values(views).map(id => [id, new TreeSlot(id, load)]));
  }

  /** Gives a tree its lines; resolves whatever the editor has asked of it until now. */
  fill(viewId: string, provider: vscode.TreeDataProvider<TreeNode>): vscode.TreeView<TreeNode> {
    const slot = this.#slots.get(viewId);
    if (!slot) throw new Error(`There is no view ${viewId}`);
    slot.fill(provider);
    return slot.view;
  }

  dispose(): void {
    for (const slot of this.#slots.values()) slot.dispose();
  }
}

class TreeSlot implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #provider: vscode.TreeDataProvider<TreeNode> | undefined;
  #listening: vscode.Disposable | undefined;

  constructor(
    viewId: string,
    private readonly load: () => Promise<unknown>,
  ) {
    const canSelectMany = multiSelectViews.includes(viewId);
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true, canSelectMany });
  }

  fill(provider: vscode.TreeDataProvider<TreeNode>): void {
    this.#provider = provider;
    this.#listening = provider.onDidChangeTreeData?.(node => this.#changed.fire(node ?? undefined));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.#provider) await this.load();
    return (await this.#provider?.getChildren(node)) ?? [];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#provider?.getTreeItem(node) ?? node.item();
  }

  getParent(node: TreeNode): vscode.ProviderResult<TreeNode> {
    return this.#provider?.getParent?.(node);
  }

  dispose(): void {
    this.#listening?.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }
}
