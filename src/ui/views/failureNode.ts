import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { needsSignIn } from '../../core/needsSignIn';
import { describeError } from '../../words/errors';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { spokenLine } from './spokenLine';
import type { FailureTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Says what failed where the children would be, and offers to try again. */
export class FailureNode implements TreeNode, FailureTarget {
  readonly id: string;

  constructor(
    parentId: string,
    private readonly error: unknown,
    readonly retry: () => Promise<unknown>,
    /** Whose failure it is, where signing in again may help. */
    readonly scope?: Scope,
  ) {
    this.id = `${parentId}/failure`;
  }

  item(): vscode.TreeItem {
    const words = describeError(this.error);
    const isSignIn = this.scope?.signIn !== undefined && needsSignIn(this.error);
    const deed = isSignIn ? t('Sign in again') : t('Try again');
    // Where the line is cut off, what to do is left.
    const item = new vscode.TreeItem(isSignIn ? deed : words.sentence);
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.description = isSignIn ? words.sentence : words.hint;
    item.accessibilityInformation = { label: spokenLine(item, deed) };
    item.contextValue = contextValue('failure', isSignIn ? 'signIn' : undefined);
    item.command = {
      command: isSignIn ? 'vpcLabs.scope.signIn' : 'vpcLabs.node.retry',
      title: deed,
      arguments: [this],
    };
    return item;
  }
}
