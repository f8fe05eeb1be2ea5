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

/** Starts a headless browser under Playwright. */
export async function launchBrowser(): Promise<DrivenBrowser> {
  const { executablePath, environment } = await findBrowser();
  return chromium.launch({ executablePath, args: flags, env: { ...definedEnvironment(), ...environment } });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
