import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installWorkbench } from './installWorkbench';
import type { WorkbenchVersion } from './workbenchVersion';

/** Installs a .vsix file into a folder of extensions, as VS Code itself does it. */
export async function installExtension(
  vsix: string,
  extensionsFolder: string,
  version: WorkbenchVersion,
): Promise<void> {
  const { nodePath, vscodeFolder } = await installWorkbench(version, console.error);
  const dataFolder = await mkdtemp(join(tmpdir(), 'vpc-labs-install-'));
  try {
    await promisify(execFile)(nodePath, [
      join(vscodeFolder, 'out/server-main.js'),
      ...['--install-extension', vsix, '--extensions-dir', extensionsFolder, '--server-data-dir', dataFolder],
      '--accept-server-license-terms',
    ]);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}
