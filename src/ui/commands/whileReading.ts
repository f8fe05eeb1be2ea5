import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';

/** Reads what a command chooses from, with a way to give up. */
export async function whileReading<T>(scope: Scope, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Reading the network of {0}…', scope.label),
      cancellable: true,
    },
    (_progress, token) => read(abortSignal(token)),
  );
}
