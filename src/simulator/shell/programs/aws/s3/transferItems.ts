/** What a transfer moves: one thing, or all below a directory or a prefix, in order (awscli/customizations/s3/filegenerator.py). */
import type { Run } from '../../../system';
import type { S3Objects } from './s3Objects';
import type { Place, Route } from './s3Path';
import { splitBucket } from './s3Path';

export interface TransferItem {
  /** `bucket/key`, or an absolute path. */
  readonly path: string;
  readonly target: string;
  /** What both ends call it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

interface Source {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface ItemSearch {
  readonly run: Run;
  readonly objects: S3Objects;
  readonly pageSize: number | undefined;
  /** Things are only deleted: they need not exist, and markers of directories count. */
  readonly isDeletion: boolean;
}

/** Rejects with {@link CliFailure} when the source cannot be read. */
export async function findItems(search: ItemSearch, route: Route): Promise<readonly TransferItem[]> {
  const items: TransferItem[] = [];
  for await (const source of sourcesIn(search, route.source, route.isRecursive)) {
    const name = route.isRecursive
      ? source.path.slice(route.source.path.length)
      : source.path.slice(source.path.lastIndexOf('/') + 1);
    items.push({ ...source, name, target: route.keepsName ? route.target.path + name : route.target.path });
  }
  return items;
}

function sourcesIn(search: ItemSearch, place: Place, isRecursive: boolean): AsyncGenerator<Source> {
  if (place.kind === 'local') return isRecursive ? filesBelow(search.run, place.path) : oneFile(search.run, place.path);
  return isRecursive ? objectsBelow(search, place.path) : oneObject(search, place.path);
}

async function* oneObject({ objects, isDeletion }: ItemSearch, path: string): AsyncGenerator<Source> {
  const { bucket, key } = splitBucket(path);
  if (key === '') await lookInto(objects, bucket);
  else if (isDeletion) yield { path, sizeBytes: 0, modifiedMs: 0 };
  else yield { ...(await objects.head(bucket, key)), path };
}

/** A bucket alone is no object; the CLI looks into it all the same. */
async function lookInto(objects: S3Objects, bucket: string): Promise<void> {
  const pages = objects.list({ bucket, prefix: '', isFlat: false, pageSize: undefined });
  while (!(await pages.next()).done);
}

async function* objectsBelow({ objects, pageSize, isDeletion }: ItemSearch, path: string): AsyncGenerator<Source> {
  const { bucket, key: prefix } = splitBucket(path);
  for await (const page of objects.list({ bucket, prefix, isFlat: false, pageSize })) {
    for (const object of page.objects) {
      const isMarker = object.key.endsWith('/') && object.sizeBytes === 0;
      if (!isMarker || isDeletion) yield { ...object, path: `${bucket}/${object.key}` };
    }
  }
}

async function* oneFile(run: Run, path: string): AsyncGenerator<Source> {
  const { size, mtime } = await run.system.disk.as(run.process.user).stat(path.replace(/\/$/, ''));
  yield { path, sizeBytes: size, modifiedMs: mtime.getTime() };
}

async function* filesBelow(run: Run, directory: string): AsyncGenerator<Source> {
  const files = run.system.disk.as(run.process.user);
  if (!(await files.exists(directory.replace(/\/$/, '')))) return;
  const names: string[] = [];
  for (const name of await files.readdir(directory.replace(/(.)\/$/, '$1'))) {
    const { isDirectory } = await files.stat(directory + name);
    names.push(isDirectory ? `${name}/` : name);
  }
  for (const name of names.sort()) {
    if (name.endsWith('/')) yield* filesBelow(run, directory + name);
    else yield* oneFile(run, directory + name);
  }
}
