import type * as vscode from 'vscode';
import type { Memory, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import type { Grouping, ResourceFacets } from '../../app/arrangement/facets';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import type { TreeNode } from './treeNode';
import type { TreeSlots } from './treeSlots';

/** A node that draws one resource of a store and can be given its newer value. */
export interface ResourceNode<T> extends TreeNode {
  value: T;
}

export interface ResourceViewOptions<T> {
  readonly viewId: string;
  readonly scopes: ScopeStore;
  readonly store: ResourceStore<T>;
  readonly log: Log;
  readonly clock: Clock;
  /** What it can be grouped and filtered by; without it, it cannot. */
  readonly facets?: ResourceFacets<T>;
  /** What it is grouped by until somebody chooses; one list without it. */
  readonly defaultGrouping?: Grouping;
  /** Where grouping and filter are kept; without it, they last as long as the window. */
  readonly memory?: Memory;
  readonly slots: TreeSlots;
  makeNode(scope: Scope, value: T): ResourceNode<T>;
  /** What stands under a scope that has none: a sentence, and perhaps what to do about it. */
  emptyText(): string;
  emptyCommand?(scope: Scope): vscode.Command;
  /** What stands before a scope's resources, whatever is filtered: things to mind. */
  notices?(scope: Scope): readonly TreeNode[];
}

/** What a branch asks of its view. */
export interface ArrangedView<T> {
  readonly options: ResourceViewOptions<T>;
  readonly grouping: Grouping | undefined;
  readonly filter: string;
  redraw(node: TreeNode): void;
  /** Shows the view's progress bar until the work is done. */
  whileReading<R>(work: () => Promise<R>): Promise<R>;
}
