import { chromium, type Browser as DrivenBrowser } from 'playwright-core';
import { findBrowser } from './browser';

/** Flags for a browser that must neither phone home nor need a sandbox (which root cannot have). */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** On a machine without a locale Chromium names its language "en-US@posix", which Intl refuses. */
const language = { LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en_US' };

/** Starts a headless browser under Playwright. */
export async function launchBrowser(): Promise<DrivenBrowser> {
  const { executablePath, environment } = await findBrowser();
  return chromium.launch({
    executablePath,
    args: flags,
    env: { ...definedEnvironment(), ...language, ...environment },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
