import * as vscode from 'vscode';
import type { ScopeStore } from '../app/appModel';
import type { Practice } from '../app/practice';
import { type Disposable, DisposableStore } from '../base/disposable';
import type { ArrangeableView } from './commands/arrangeView';
import { contextKeys } from './contributions';

/** Keeps what welcome views and menus ask for true to the scopes, the practice cloud and the views. */
export function keepContextKeys(scopes: ScopeStore, practice: Practice, views: readonly ArrangeableView[]): Disposable {
  const tell = () => {
    const filtered = views.filter(view => view.arrangement.filter).map(view => view.viewId);
    void vscode.commands.executeCommand('setContext', contextKeys.filteredViews, filtered);
    void vscode.commands.executeCommand('setContext', contextKeys.hasScopes, scopes.scopes.length > 0);
    void vscode.commands.executeCommand('setContext', contextKeys.isPracticeRunning, practice.isRunning);
  };
  const owned = new DisposableStore();
  owned.add(scopes.onDidChange(tell));
  owned.add(practice.onDidChange(tell));
  for (const view of views) owned.add(view.arrangement.onDidChange(tell));
  tell();
  return owned;
}
