import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectFolder } from '../../src/cli/workbench/projectFolder';

export interface Bundle {
  readonly program: string;
  /** Of the program and its chunks. */
  readonly bytes: number;
}

interface OwnBuild {
  buildLikeHost(entryPoints: readonly string[], folder: string): Promise<number>;
}

const sourceOf = (name: string) => join(projectFolder(), 'test/bench', `${name}.ts`);

/** Bundles a program of this folder as the extension is bundled. */
export async function bundleLikeHost(name: string): Promise<Bundle> {
  const folder = join(projectFolder(), 'out/bench', name);
  // Another instance of the module: the one that runs the benchmarks waits for them.
  const url = `${pathToFileURL(join(projectFolder(), 'esbuild.mjs')).href}?library`;
  const { buildLikeHost } = (await import(url)) as OwnBuild;
  return { program: join(folder, `${name}.js`), bytes: await buildLikeHost([sourceOf(name)], folder) };
}

/** Bundles a program of this folder as esbuild does for Node when nobody tells it otherwise, minified. */
export async function bundleByDefault(name: string): Promise<Bundle> {
  const program = join(projectFolder(), 'out/bench', `${name}.cjs`);
  await build({
    entryPoints: [sourceOf(name)],
    outfile: program,
    bundle: true,
    platform: 'node',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  return { program, bytes: statSync(program).size };
}
