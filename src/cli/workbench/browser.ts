import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, unpackChromium } from './unpackChromium';

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap(
  program =>
    [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].map(folder =>
      join(folder ?? 'C:\\', program),
    ),
);
const linuxCommands = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];

/** The first program on the path with one of these names. */
export function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable);
}

/**
 * A browser that Playwright can drive: the one that VPC_LABS_BROWSER names, an installed Chrome, Chromium or Edge, or on Linux x64
 * the headless Chromium out of npm (VPC_LABS_BROWSER=npm asks for that one).
 */
export async function findBrowser(): Promise<Browser> {
  const wanted = process.env.VPC_LABS_BROWSER;
  const installed = wanted ?? installedBrowser();
  if (installed && installed !== 'npm') return { executablePath: installed, environment: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  throw new Error('No Chrome, Chromium or Edge was found. Install one, or name one in VPC_LABS_BROWSER.');
}

function installedBrowser(): string | undefined {
  if (process.platform === 'darwin') return macApplications.find(existsSync);
  if (process.platform === 'win32') return windowsPrograms.find(existsSync);
  return findOnPath(linuxCommands);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
