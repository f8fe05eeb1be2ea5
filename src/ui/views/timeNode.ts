import * as vscode from 'vscode';
import { agoWords, timeText, untilWords } from '../../words/times';
import { contextValue } from '../contributions';
import type { ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** When something was or will be: as people say it, with the whole time in the tooltip. */
export class TimeNode implements TreeNode, ValueTarget {
  readonly ages = true;

  constructor(
    readonly id: string,
    private readonly moment: { readonly atMs: number; readonly label: string; readonly icon: string },
    private readonly nowMs: () => number,
  ) {}

  get copyText(): string {
    return new Date(this.moment.atMs).toISOString();
  }

  item(): vscode.TreeItem {
    const { atMs, label, icon } = this.moment;
    const now = this.nowMs();
    const words = atMs > now ? untilWords(atMs, now) : agoWords(atMs, now);
    const item = new vscode.TreeItem(words);
    item.description = label;
    item.tooltip = timeText(atMs);
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = contextValue('copyable');
    return item;
  }
}

/** Nothing for a time that is not known. */
export function timeNodes(
  id: string,
  moment: { readonly atMs: number | undefined; readonly label: string; readonly icon: string },
  nowMs: () => number,
): readonly TreeNode[] {
  const { atMs } = moment;
  return atMs ? [new TimeNode(id, { ...moment, atMs }, nowMs)] : [];
}
