import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmInstall } from './npmInstall';
import { cacheFolder } from './projectFolder';
import { stageFolder } from './stagedFolder';
import type { WorkbenchVersion } from './workbenchVersion';

export interface InstalledWorkbench {
  readonly nodePath: string;
  /** The built VS Code: `out/server-main.js` starts its server. */
  readonly vscodeFolder: string;
}

/** The npm package that holds Node's binary for this machine; none means that the workbench from npm does not run here. */
export function nodePackage(
  platform: NodeJS.Platform = process.platform,
  architecture = process.arch,
): string | undefined {
  const name = `${platform}-${architecture}`;
  return ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(name) ? `node-${name}` : undefined;
}

/**
 * Puts VS Code and its Node into the cache folder unless they are there. Throws, saying what can be done, where it cannot be had.
 * The parts that would be compiled on install (for SSO, native watching, terminals of this machine) are left out; we need none.
 */
export async function installWorkbench(
  version: WorkbenchVersion,
  report: (message: string) => void,
): Promise<InstalledWorkbench> {
  const nodeName = nodePackage();
  if (!nodeName) {
    throw new Error(
      `The VS Code from npm does not run on ${process.platform} ${process.arch}. Use a desktop VS Code instead: put \`code\` on the path.`,
    );
  }
  const folder = join(cacheFolder(), `workbench-${version.codeServer}`);
  const installed = {
    nodePath: join(folder, 'node_modules', nodeName, 'bin', 'node'),
    vscodeFolder: join(folder, 'node_modules/code-server/lib/vscode'),
  };
  if (!existsSync(folder))
    report(`Installing VS Code (code-server ${version.codeServer}) from npm into .vscode-test, once …`);
  await stageFolder(folder, async staging => {
    await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
    const specifiers = [`code-server@${version.codeServer}`, `${nodeName}@${version.nodeMajor}`];
    await npmInstall(staging, specifiers.join(' and '), specifiers);
    await npmInstall(join(staging, 'node_modules/code-server/lib/vscode'), "VS Code's own packages");
  });
  return installed;
}
