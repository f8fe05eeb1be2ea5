import type * as vscode from 'vscode';

/**
 * One line of a tree. It draws itself and knows its own children; the provider knows no kinds. `id` is stable over refreshes (view,
 * scope, AWS id), so that expansion and selection survive them.
 */
export interface TreeNode {
  readonly id: string;
  /** Its words say how long ago something was, and so are wrong after a while. */
  readonly ages?: boolean;
  item(): vscode.TreeItem;
  children?(): Promise<readonly TreeNode[]> | readonly TreeNode[];
}
