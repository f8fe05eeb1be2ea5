import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds our package.json, wherever the bundle that contains this function lies in it. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isProject(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('This program only runs inside the project that it was built in.');
    folder = parent;
  }
  return folder;
}

/** Where VS Code, its Node and a browser are kept between runs; not under version control. */
export function cacheFolder(): string {
  return join(projectFolder(), '.vscode-test');
}

function isProject(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'vpc-endpoint-labs';
}
