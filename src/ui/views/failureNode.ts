import * as vscode from 'vscode';
import { describeError } from '../../words/errors';
import { contextValue } from '../contributions';
import type { FailureTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Says what failed where the children would be, and offers to try again. */
export class FailureNode implements TreeNode, FailureTarget {
  readonly id: string;

  constructor(
    parentId: string,
    private readonly error: unknown,
    readonly retry: () => Promise<unknown>,
  ) {
    this.id = `${parentId}/failure`;
  }

  item(): vscode.TreeItem {
    const words = describeError(this.error);
    const item = new vscode.TreeItem(words.sentence);
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = [words.sentence, words.hint].filter(Boolean).join('\n');
    item.description = words.hint;
    item.contextValue = contextValue('failure');
    item.command = { command: 'vpcLabs.node.retry', title: '', arguments: [this] };
    return item;
  }
}
