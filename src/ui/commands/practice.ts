import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { Practice } from '../../app/practice';
import { t } from '../../words/translation';
import { views } from '../contributions';

/** Starts the practice cloud and shows where it appears. */
export function startPracticeCommand(practice: Practice) {
  return async (): Promise<readonly Scope[]> => {
    const scopes = await vscode.window.withProgress({ location: { viewId: views.endpoints } }, () => practice.start());
    await vscode.commands.executeCommand(`${views.endpoints}.focus`);
    return scopes;
  };
}

/** Asks once, naming what is lost, and begins with a fresh world. */
export function resetPracticeCommand(practice: Practice) {
  return async (): Promise<boolean> => {
    const verb = t('Reset Practice Cloud');
    const answer = await vscode.window.showWarningMessage(
      t('Reset the practice cloud?'),
      {
        modal: true,
        detail: t(
          'Everything made in both practice accounts is lost, open shells and captures end. Nothing outside of practice is touched.',
        ),
      },
      verb,
    );
    if (answer !== verb) return false;
    await vscode.window.withProgress({ location: { viewId: views.endpoints } }, () => practice.reset());
    return true;
  };
}
