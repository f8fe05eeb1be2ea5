import * as vscode from 'vscode';
import { abortSignal } from './abortSignal';

/** Reads what a wizard chooses from, with a notification that can be cancelled. */
export function whileReading<T>(title: string, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(vscode.window.withProgress(shown, (_progress, token) => read(abortSignal(token))));
}
