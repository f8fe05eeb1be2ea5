import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { LeftSession } from '../../app/sessions/sessionLedger';
import { errorLine } from '../../words/errors';
import { leftSessionsWords } from '../../words/sessions';
import { timeText } from '../../words/times';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import type { LeftSessionTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Heads the sessions that should have ended and have not; stands before a scope's instances. */
export class LeftSessionsNode implements TreeNode {
  readonly id: string;

  constructor(
    view: string,
    private readonly scope: Scope,
    private readonly sessions: readonly LeftSession[],
  ) {
    this.id = `${view}/${scope.id}/leftSessions`;
  }

  item(): vscode.TreeItem {
    const words = leftSessionsWords(this.sessions.length);
    const item = new vscode.TreeItem(words, vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = t('A session that runs on holds a shell on the instance until Session Manager ends it as idle.');
    item.accessibilityInformation = { label: words };
    item.contextValue = contextValue();
    return item;
  }

  children(): readonly TreeNode[] {
    return this.sessions.map(session => new LeftSessionNode(this.id, this.scope, session));
  }
}

class LeftSessionNode implements TreeNode, LeftSessionTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    readonly session: LeftSession,
  ) {
    this.id = `${parentId}/${session.sessionId}`;
  }

  get copyText(): string {
    return this.session.sessionId;
  }

  item(): vscode.TreeItem {
    const { sessionId, instanceId, startedMs, error } = this.session;
    const item = new vscode.TreeItem(sessionId);
    const since = t('on {0} since {1}', instanceId, timeText(startedMs));
    const reason = error ? errorLine(error) : t('The window that started it is gone.');
    item.description = since;
    item.iconPath = new vscode.ThemeIcon('vm-connect');
    item.tooltip = [sessionId, since, reason].join('\n');
    item.accessibilityInformation = { label: [sessionId, since, reason].join(', ') };
    item.contextValue = contextValue('leftSession', 'copyable');
    return item;
  }
}
