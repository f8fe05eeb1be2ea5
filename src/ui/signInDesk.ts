import * as vscode from 'vscode';
import type { DevicePage, SignInDesk } from '../core/ports/signIn';
import { t } from '../words/translation';
import { abortSignal } from './abortSignal';
import { awsCliVersionLine } from './awsCliVersion';

/** A sign-in as VS Code shows it. */
export const signInDesk: SignInDesk = { askMfaCode, runAwsCli, showDeviceCode };

async function askMfaCode(serial: string): Promise<string | undefined> {
  const code = await vscode.window.showInputBox({
    title: t('Sign in again'),
    prompt: t('The code that the MFA device {0} shows now', serial),
    ignoreFocusOut: true,
    validateInput: text => (/^\d{6}$/.test(text.trim()) ? undefined : t('A code has six digits.')),
  });
  return code?.trim();
}

/** In a terminal that closes when it is done. On a remote machine the CLI could not reach the browser, so there it is not asked. */
async function runAwsCli(words: readonly string[]): Promise<'done' | 'failed' | 'missing'> {
  if (vscode.env.remoteName !== undefined && words[0] === 'sso') return 'missing';
  if (!(await hasAwsCli())) return 'missing';
  const terminal = vscode.window.createTerminal({
    name: ['aws', ...words].join(' '),
    shellPath: 'aws',
    shellArgs: [...words],
    iconPath: new vscode.ThemeIcon('sign-in'),
    isTransient: true,
  });
  terminal.show(true);
  return new Promise(resolve => {
    const listening = vscode.window.onDidCloseTerminal(closed => {
      if (closed !== terminal) return;
      listening.dispose();
      resolve(closed.exitStatus?.code === 0 ? 'done' : 'failed');
    });
  });
}

/** Version 2: the first has no `sso login`. */
async function hasAwsCli(): Promise<boolean> {
  return /^aws-cli\/2\./.test((await awsCliVersionLine()) ?? '');
}

function showDeviceCode({ url, userCode }: DevicePage, until: Promise<unknown>): AbortSignal {
  const given = new AbortController();
  void vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Confirm the code {0} in the browser.', userCode),
      cancellable: true,
    },
    async (_progress, token) => {
      abortSignal(token).addEventListener('abort', () => given.abort(), { once: true });
      await until;
    },
  );
  void vscode.env.openExternal(vscode.Uri.parse(url, true));
  return given.signal;
}
