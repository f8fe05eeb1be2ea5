/** The transfer of one thing: up, down, across, or away. */

import { describeFileError, fileErrorCode } from '../../../files/fileError';
import type { Run } from '../../../system';
import { readAll } from '../../console';
import { errorNumber } from '../errorNumber';
import { CommandLineError, generalFailure } from '../failures';
import { guessContentType } from './contentTypes';
import type { S3Objects } from './s3Objects';
import { splitBucket } from './s3Path';
import type { TransferItem } from './transferItems';

export type TransferKind = 'upload' | 'download' | 'copy' | 'delete';

export interface TransferWork {
  readonly run: Run;
  readonly objects: S3Objects;
  readonly kind: TransferKind;
  /** What is deleted are files of the instance. */
  readonly deletesFiles: boolean;
  /** Removes the source afterwards. */
  readonly isMove: boolean;
  /** What options say of the object that is written. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly guessesType: boolean;
}

/** Rejects with {@link CliFailure}. */
export async function transfer(work: TransferWork, item: TransferItem): Promise<void> {
  if (work.kind === 'upload') await upload(work, item);
  else if (work.kind === 'download') await download(work, item);
  else if (work.kind === 'copy') await copy(work, item);
  else if (work.deletesFiles) await onDisk(item.path, () => filesOf(work).rm(item.path));
  else await remove(work, item.path);
  if (!work.isMove) return;
  if (work.kind === 'upload') await onDisk(item.path, () => filesOf(work).rm(item.path));
  else await remove(work, item.path);
}

function filesOf({ run }: TransferWork) {
  return run.system.disk.as(run.process.user);
}

async function upload(work: TransferWork, { path, target }: TransferItem): Promise<void> {
  const { bucket, key } = splitBucket(target);
  if (key === '')
    throw new CommandLineError(
      'Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1',
    );
  const body =
    path === '-' ? await readAll(work.run.process, 0) : await onDisk(path, () => filesOf(work).readFileBuffer(path));
  const type = work.guessesType ? guessContentType(path) : undefined;
  await work.objects.call('PutObject', {
    Bucket: bucket,
    Key: key,
    ...(type === undefined ? {} : { ContentType: type }),
    ...work.attributes,
    Body: body,
  });
}

async function download(work: TransferWork, { path, target, modifiedMs }: TransferItem): Promise<void> {
  const { bucket, key } = splitBucket(path);
  if (target === '-') await work.objects.call('HeadObject', { Bucket: bucket, Key: key });
  const { Body } = await work.objects.call('GetObject', { Bucket: bucket, Key: key });
  const content = Body instanceof Uint8Array ? Body : new Uint8Array();
  if (target === '-') return work.run.process.write(1, content);
  await onDisk(temporaryName(work, target), async () => {
    const directory = target.slice(0, target.lastIndexOf('/'));
    if (directory !== '' && !(await filesOf(work).exists(directory)))
      await filesOf(work).mkdir(directory, { recursive: true });
    await filesOf(work).writeFile(target, content);
    await filesOf(work).utimes(target, new Date(modifiedMs), new Date(modifiedMs));
  });
}

/** The CLI writes beside the file first, and names that in its complaints. */
function temporaryName({ run }: TransferWork, path: string): string {
  return `${path}.${run.system.chance.uuid().slice(0, 8)}`;
}

async function copy(work: TransferWork, { path, target }: TransferItem): Promise<void> {
  const { bucket, key } = splitBucket(target);
  const source = path.split('/').map(encodeURIComponent).join('/');
  await work.objects.call('CopyObject', { CopySource: source, Bucket: bucket, Key: key, ...work.attributes });
}

async function remove({ objects }: TransferWork, path: string): Promise<void> {
  const { bucket, key } = splitBucket(path);
  await objects.call('DeleteObject', { Bucket: bucket, Key: key });
}

async function onDisk<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error) || !/^E[A-Z]+/.test(error.message)) throw error;
    throw generalFailure(`[Errno ${errorNumber(fileErrorCode(error))}] ${describeFileError(error)}: '${path}'`);
  }
}
