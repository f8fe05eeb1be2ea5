import { installWorkbench } from './installWorkbench';
import { type ServerOptions, startWorkbenchServer, type WorkbenchServer } from './workbenchServer';
import { newestWorkbench, type WorkbenchVersion } from './workbenchVersion';

export interface WorkbenchOptions extends ServerOptions {
  /** The extension's folder, with package.json and dist. Absent: only what is in the extensions folder runs. */
  readonly extensionFolder?: string;
  /** A compiled suite that exports `run()`; the page reports its end. */
  readonly testsPath?: string;
  /** The folder to open; absent: none. */
  readonly folder?: string;
  readonly version?: WorkbenchVersion;
  readonly report?: (message: string) => void;
}

/** Installs VS Code from npm if needed and serves it with the extension under development; `url` opens it. */
export async function openWorkbench(options: WorkbenchOptions): Promise<WorkbenchServer & { readonly url: string }> {
  const installed = await installWorkbench(options.version ?? newestWorkbench, options.report ?? (() => {}));
  const server = await startWorkbenchServer(installed, options);
  const payload: (readonly [string, string])[] = [];
  if (options.extensionFolder) payload.push(['extensionDevelopmentPath', server.remoteUri(options.extensionFolder)]);
  if (options.testsPath) payload.push(['extensionTestsPath', server.remoteUri(options.testsPath)]);
  return { ...server, url: server.address({ payload, ...(options.folder ? { folder: options.folder } : {}) }) };
}
