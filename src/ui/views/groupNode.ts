import * as vscode from 'vscode';
import type { Severity } from '../../app/arrangement/facets';
import type { ItemGroup } from '../../app/arrangement/groupItems';
import { t } from '../../words/translation';
import type { TreeNode } from './treeNode';

const colors: Readonly<Record<Severity, string | undefined>> = {
  off: undefined,
  good: 'testing.iconPassed',
  moving: undefined,
  waiting: 'list.warningForeground',
  bad: 'list.errorForeground',
};

/** Resources that have something in common: how many they are, and the state among them that asks for most attention. */
export class GroupNode<T> implements TreeNode {
  constructor(
    readonly id: string,
    public group: ItemGroup<T>,
    private readonly rows: (node: GroupNode<T>) => readonly TreeNode[],
  ) {}

  item(): vscode.TreeItem {
    const { label, items, worst } = this.group;
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
    const color = colors[worst.severity];
    item.description = [items.length, ...(worst.words === label ? [] : [worst.words])].join(' · ');
    item.iconPath = new vscode.ThemeIcon('folder', color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = t('{0}: {1}, at worst {2}', label, items.length, worst.words);
    item.accessibilityInformation = { label: item.tooltip };
    return item;
  }

  children(): readonly TreeNode[] {
    return this.rows(this);
  }
}
