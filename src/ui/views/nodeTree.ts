import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Log } from '../../base/log';
import { contextValue } from '../contributions';
import { FailureNode } from './failureNode';
import { hoverLines, spokenLine } from './spokenLine';
import type { ScopeTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Provides any tree of nodes. What fails becomes a node that says so; a tree never pops up anything. */
export class NodeTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** Drawn since ages were last told anew. */
  readonly #aging = new Set<TreeNode>();

  constructor(
    private readonly roots: () => readonly TreeNode[],
    private readonly parentOf: (node: TreeNode) => TreeNode | undefined,
    private readonly log: Log,
  ) {}

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (node.ages) this.#aging.add(node);
    const item = node.item();
    item.id = node.id;
    if (isReadOnly(node)) item.contextValue = `${item.contextValue ?? ''}${contextValue('readOnly')}`;
    item.tooltip = hoverLines(item);
    item.accessibilityInformation ??= { label: spokenLine(item) };
    return item;
  }

  /** Asked for when a node is to be shown that has not been drawn yet. */
  getParent(node: TreeNode): TreeNode | undefined {
    return this.parentOf(node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return [...this.roots()];
    try {
      return [...((await node.children?.()) ?? [])];
    } catch (error) {
      this.log.warn(`Tree node ${node.id}: ${String(error)}`);
      return [new FailureNode(node.id, error, async () => this.redraw(node))];
    }
  }

  /** Draws one node and what is under it again; without a node, all. */
  redraw(node?: TreeNode): void {
    this.#changed.fire(node);
  }

  /** Draws those lines again whose words change with the time; the editor asks for none that is not shown any more. */
  redrawAges(): void {
    const aging = [...this.#aging];
    this.#aging.clear();
    if (aging.length > 0) this.#changed.fire(aging);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Whether it belongs to a scope through which nothing may be changed. */
function isReadOnly(node: TreeNode & Partial<ScopeTarget>): boolean {
  return node.scope?.isReadOnly ?? false;
}
