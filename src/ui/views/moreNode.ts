import * as vscode from 'vscode';
import { t } from '../../words/translation';
import type { MoreTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Stands behind a portion of a long list and shows the next one. */
export class MoreNode implements TreeNode, MoreTarget {
  readonly id: string;

  constructor(
    parentId: string,
    private readonly next: number,
    private readonly total: number,
    readonly showMore: () => void,
  ) {
    this.id = `${parentId}/more`;
  }

  item(): vscode.TreeItem {
    const title = t('Show {0} more of {1}', this.next, this.total);
    const item = new vscode.TreeItem(title);
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.command = { command: 'vpcLabs.view.showMore', title, arguments: [this] };
    return item;
  }
}
