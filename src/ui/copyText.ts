import * as vscode from 'vscode';
import { t } from '../words/translation';

const SHOWN_CHARACTERS = 60;

/** Puts a text on the clipboard and says so in the status bar. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  vscode.window.setStatusBarMessage(t('Copied {0}', shown), 3000);
}
