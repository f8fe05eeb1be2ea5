import { spawn } from 'node:child_process';
import { findOnPath } from './browser';

/** Opens an address in the browser of whoever sits here; false where there is no such browser or nobody sits. */
export async function openInSystemBrowser(address: string): Promise<boolean> {
  const opener = systemOpener();
  if (!opener) return false;
  return new Promise(resolve => {
    const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => resolve(true));
    child.unref();
  });
}

function systemOpener(): string | undefined {
  if (process.platform === 'darwin') return 'open';
  const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return findOnPath(hasDisplay ? ['xdg-open', 'wslview'] : ['wslview']);
}
