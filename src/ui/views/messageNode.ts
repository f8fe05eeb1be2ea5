import * as vscode from 'vscode';
import type { TreeNode } from './treeNode';

/** A line that is no resource: "No endpoints in this region yet." */
export class MessageNode implements TreeNode {
  constructor(
    readonly id: string,
    private readonly text: string,
    private readonly icon: string,
    private readonly command?: vscode.Command,
  ) {}

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.text);
    if (this.command) item.command = this.command;
    item.iconPath = new vscode.ThemeIcon(this.icon);
    return item;
  }
}
