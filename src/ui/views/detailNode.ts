import * as vscode from 'vscode';
import { contextValue } from '../contributions';
import type { ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

export interface Detail {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: string;
  readonly iconColor?: string;
  /** What the copy button puts on the clipboard; none, no button. */
  readonly copyText?: string;
  /** What Enter or a click does. */
  readonly command?: vscode.Command;
}

/** A fact under a resource: an interface, a DNS name, a rule. */
export class DetailNode implements TreeNode, ValueTarget {
  constructor(
    readonly id: string,
    private readonly detail: Detail,
    private readonly details: readonly TreeNode[] = [],
  ) {}

  get copyText(): string {
    return this.detail.copyText ?? '';
  }

  item(): vscode.TreeItem {
    const { label, description, tooltip, icon, iconColor, copyText, command } = this.detail;
    const state =
      this.details.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(label, state);
    if (description !== undefined) item.description = description;
    if (tooltip !== undefined) item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(icon, iconColor ? new vscode.ThemeColor(iconColor) : undefined);
    if (command) item.command = command;
    item.contextValue = contextValue(copyText ? 'copyable' : undefined);
    return item;
  }

  children(): readonly TreeNode[] {
    return this.details;
  }
}

/** A heading with its details, open from the beginning: the labs ask people to look here. */
export class DetailGroup implements TreeNode {
  constructor(
    readonly id: string,
    private readonly label: string,
    private readonly details: readonly TreeNode[],
    private readonly note = '',
  ) {}

  item(): vscode.TreeItem {
    const state =
      this.details.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(this.label, state);
    item.description = this.note || String(this.details.length);
    return item;
  }

  children(): readonly TreeNode[] {
    return this.details;
  }
}
