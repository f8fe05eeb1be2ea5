/** Where a transfer comes from and goes to (aws/aws-cli:awscli/customizations/s3/{fileformat,subcommands}.py). */
import type { Run } from '../../../system';
import { CommandLineError } from '../failures';

export type PlaceKind = 's3' | 'local';

export interface Place {
  readonly kind: PlaceKind;
  /** `bucket/key`, or an absolute path; of several things with the separator at its end. */
  readonly path: string;
}

export interface Route {
  readonly source: Place;
  readonly target: Place;
  /** The target takes the source's name. */
  readonly keepsName: boolean;
  readonly isRecursive: boolean;
}

export function kindOf(path: string): PlaceKind {
  return path.startsWith('s3://') ? 's3' : 'local';
}

/** `bucket/some/key` in two. */
export function splitBucket(path: string): { readonly bucket: string; readonly key: string } {
  const [bucket = '', ...parts] = path.replace(/^s3:\/\//, '').split('/');
  return { bucket, key: parts.join('/') };
}

/** Throws {@link CommandLineError} for kinds that the command does not take. */
export function checkKinds(command: string, usage: string, paths: readonly string[], kinds: readonly string[]): void {
  if (kinds.includes(paths.map(kindOf).join(''))) return;
  throw new CommandLineError(`usage: aws s3 ${command} ${usage}\nError: Invalid argument type`);
}

export async function planRoute(run: Run, from: string, to: string, isRecursive: boolean): Promise<Route> {
  const source = await placeOf(run, from, isRecursive);
  const target = await placeOf(run, to, isRecursive);
  return { source: source.place, target: target.place, keepsName: target.keepsName, isRecursive };
}

async function placeOf(run: Run, path: string, isRecursive: boolean): Promise<{ place: Place; keepsName: boolean }> {
  if (kindOf(path) === 's3') {
    const { bucket, key } = splitBucket(path);
    const whole = `${bucket}/${key}`;
    const ending = isRecursive && !whole.endsWith('/') ? '/' : '';
    return { place: { kind: 's3', path: whole + ending }, keepsName: (whole + ending).endsWith('/') };
  }
  const files = run.system.disk.as(run.process.user);
  const full = files.resolvePath(run.process.workingDirectory, path);
  const isDirectory = (await files.exists(full)) && (await files.stat(full)).isDirectory;
  const keepsName = isDirectory || isRecursive || path.endsWith('/');
  return { place: { kind: 'local', path: keepsName ? `${full.replace(/\/$/, '')}/` : full }, keepsName };
}

/** A local path as it is shown, from the working directory: `./name`, `../other/name`. */
export function relativePath(run: Run, path: string): string {
  const from = run.process.workingDirectory.split('/').filter(part => part !== '');
  const to = path.split('/').filter(part => part !== '');
  const name = path.endsWith('/') ? '' : (to.pop() ?? '');
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  const steps = [...from.slice(common).map(() => '..'), ...to.slice(common)];
  return `${steps.length === 0 ? '.' : steps.join('/')}/${name}`;
}
