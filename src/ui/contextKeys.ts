import * as vscode from 'vscode';
import type { ScopeStore } from '../app/appModel';
import type { Practice } from '../app/practice';
import { type Disposable, DisposableStore } from '../base/disposable';
import { contextKeys } from './contributions';

/** Keeps what welcome views and menus ask for true to the scopes and the practice cloud. */
export function keepContextKeys(scopes: ScopeStore, practice: Practice): Disposable {
  const tell = () => {
    void vscode.commands.executeCommand('setContext', contextKeys.hasScopes, scopes.scopes.length > 0);
    void vscode.commands.executeCommand('setContext', contextKeys.isPracticeRunning, practice.isRunning);
  };
  const owned = new DisposableStore();
  owned.add(scopes.onDidChange(tell));
  owned.add(practice.onDidChange(tell));
  tell();
  return owned;
}
