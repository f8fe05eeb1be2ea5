import * as vscode from 'vscode';
import type { Scope, ScopeKind } from '../../app/appModel';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { placeText } from '../scopeText';
import type { ScopeTarget } from './targets';
import type { TreeNode } from './treeNode';

const icons: Readonly<Record<ScopeKind, string>> = { practice: 'beaker', local: 'plug', live: 'cloud' };

/** A root: account, region and how to sign in, marked PRACTICE, LOCAL or LIVE. */
export class ScopeNode implements TreeNode, ScopeTarget {
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    private readonly loadChildren: (node: ScopeNode) => Promise<readonly TreeNode[]>,
  ) {
    this.id = `${view}/${scope.id}`;
  }

  item(): vscode.TreeItem {
    const { scope } = this;
    const item = new vscode.TreeItem(scope.label, vscode.TreeItemCollapsibleState.Expanded);
    const place = scope.isReadOnly ? `${placeText(scope)} · ${t('read-only')}` : placeText(scope);
    item.description = place;
    item.iconPath = new vscode.ThemeIcon(scope.isReadOnly ? 'lock' : icons[scope.kind]);
    const facts = [scope.label, scope.region, scope.kind, scope.isReadOnly ? t('read-only') : ''];
    item.accessibilityInformation = { label: facts.filter(Boolean).join(', ') };
    item.contextValue = contextValue(
      'scope',
      scope.kind === 'practice' ? 'practice' : undefined,
      scope.saved ? 'removable' : undefined,
      scope.isReadOnly ? undefined : 'writable',
    );
    return item;
  }

  children(): Promise<readonly TreeNode[]> {
    return this.loadChildren(this);
  }
}
