import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledWorkbench } from './installWorkbench';

export interface ServerOptions {
  /** User settings, profile state and logs live here. */
  readonly dataFolder: string;
  readonly extensionsFolder?: string;
  /** 0 or absent: the system's choice. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLog?: (text: string) => void;
}

export interface WorkbenchServer {
  readonly port: number;
  /** Resolves when the server has ended, by itself or by {@link stop}. */
  readonly ended: Promise<void>;
  /** An address of the workbench; `payload` are VS Code's pairs of development options. */
  address(options?: { readonly folder?: string; readonly payload?: readonly (readonly [string, string])[] }): string;
  /** A path on this machine as the workbench's extension host names it. */
  remoteUri(path: string): string;
  stop(): Promise<void>;
}

/** A quiet workbench: no welcome page, no chat, no second side bar, no telemetry. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
} as const;

const startTimeoutMs = 60_000;

/** Starts VS Code's server on 127.0.0.1 with a connection token made here, and resolves when it listens. */
export async function startWorkbenchServer(
  workbench: InstalledWorkbench,
  options: ServerOptions,
): Promise<WorkbenchServer> {
  const userFolder = join(options.dataFolder, 'data/User');
  await mkdir(userFolder, { recursive: true });
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2);
  await writeFile(join(userFolder, 'settings.json'), settings, { flag: 'wx' }).catch(ignoreExisting);
  const token = randomUUID();
  const child = spawn(workbench.nodePath, serverArguments(workbench, options, token), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  });
  const killWithUs = () => child.kill();
  process.once('exit', killWithUs);
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  void ended.then(() => process.off('exit', killWithUs));
  const port = await listeningPort(child, options.onLog);
  return {
    port,
    ended,
    address({ folder, payload } = {}) {
      const query = new URLSearchParams({ tkn: token });
      if (folder) query.set('folder', folder);
      if (payload) query.set('payload', JSON.stringify(payload));
      return `http://127.0.0.1:${port}/?${query}`;
    },
    remoteUri: path => `vscode-remote://127.0.0.1:${port}${path}`,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill();
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(force);
    },
  };
}

/** Settings that somebody changed since the last start stay as they are. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function serverArguments(workbench: InstalledWorkbench, options: ServerOptions, token: string): string[] {
  return [
    join(workbench.vscodeFolder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token],
    ...['--server-data-dir', options.dataFolder],
    ...['--extensions-dir', options.extensionsFolder ?? join(options.dataFolder, 'extensions')],
    ...['--accept-server-license-terms', '--disable-telemetry'],
    // Only with this does a built workbench load an extension from its source folder.
    '--enable-smoke-test-driver',
  ];
}

function listeningPort(child: ChildProcess, onLog: (text: string) => void = () => {}): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`VS Code's server ${why}. It said:\n${output.trim()}`));
    const timer = setTimeout(() => {
      child.kill();
      fail(`did not listen within ${startTimeoutMs / 1000} seconds`);
    }, startTimeoutMs);
    const read = (chunk: Buffer) => {
      const text = chunk.toString();
      onLog(text);
      if (output.length < 20_000) output += text;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', error => fail(`could not be started (${error.message})`));
    child.once('close', code => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
  });
}
