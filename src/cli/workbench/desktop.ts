import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from './browser';

/**
 * The command that opens desktop VS Code, if there is one on the path. Inside a remote terminal (SSH, WSL, container) `code` only
 * talks to the window it belongs to and cannot open an extension from its source, so it does not count there.
 */
export function desktopCommand(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (environment.VSCODE_IPC_HOOK_CLI) return undefined;
  return findOnPath(process.platform === 'win32' ? ['code.cmd'] : ['code', 'code-insiders']);
}

/** Opens a new window with the extension from its source folder. */
export async function openDesktop(command: string, extensionFolder: string): Promise<void> {
  const args = ['--new-window', `--extensionDevelopmentPath=${extensionFolder}`];
  await promisify(execFile)(command, args, { shell: process.platform === 'win32' });
}
