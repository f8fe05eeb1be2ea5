import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { UnreadRequests } from '../../app/requests/pendingRequests';
import { describeError } from '../../words/errors';
import type { ResourceNode } from './resourceView';

/** Says which requests could not be read, beside those that could. */
export class UnreadNode implements ResourceNode<UnreadRequests> {
  readonly id: string;

  constructor(
    view: string,
    scope: Scope,
    public value: UnreadRequests,
  ) {
    this.id = `${view}/${scope.id}/${value.id}`;
  }

  item(): vscode.TreeItem {
    const { sentence, hint } = describeError(this.value.error);
    const item = new vscode.TreeItem(sentence);
    item.description = hint;
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    return item;
  }
}
