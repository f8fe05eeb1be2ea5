/** `aws s3 ls` (aws/aws-cli:awscli/customizations/s3/subcommands.py). */
import { print } from '../../console';
import type { ParsedArguments } from '../argumentParser';
import { integerOf } from '../parameterValues';
import type { CliSession } from '../session';
import { isObject } from '../shapes';
import { humanSize } from './humanSize';
import { type ListedPage, S3Objects } from './s3Objects';
import { splitBucket } from './s3Path';

/** Resolves with 1 when a prefix was named and nothing has it. */
export async function runLs(session: CliSession, { values }: ParsedArguments): Promise<number> {
  const { bucket, key } = splitBucket(values.get('paths')?.[0] ?? 's3://');
  const objects = await S3Objects.open(session, 'ls');
  const total = { count: 0, sizeBytes: 0, isEmpty: bucket !== '' };
  const sizeText = (bytes: number) => (values.has('human-readable') ? humanSize(bytes) : String(bytes));
  if (bucket === '') await listBuckets(session, objects);
  else {
    const isRecursive = values.has('recursive');
    const pageSize = integerOf(values, 'page-size');
    for await (const page of objects.list({ bucket, prefix: key, isFlat: !isRecursive, pageSize })) {
      await print(session.run, pageText(page, isRecursive, sizeText));
      total.count += page.objects.length;
      total.sizeBytes += page.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      if (page.objects.length + page.prefixes.length > 0) total.isEmpty = false;
    }
  }
  if (values.has('summarize'))
    await print(session.run, `\nTotal Objects: ${total.count}\n   Total Size: ${sizeText(total.sizeBytes)}\n`);
  return key !== '' && total.isEmpty ? 1 : 0;
}

async function listBuckets({ run }: CliSession, objects: S3Objects): Promise<void> {
  const { Buckets } = await objects.call('ListBuckets', {});
  for (const bucket of Array.isArray(Buckets) ? Buckets : []) {
    if (!isObject(bucket)) continue;
    const { CreationDate, Name } = bucket;
    await print(run, `${timeText(CreationDate instanceof Date ? CreationDate.getTime() : 0)} ${String(Name)}\n`);
  }
}

function pageText(page: ListedPage, usesWholeKeys: boolean, sizeText: (bytes: number) => string): string {
  const prefixes = page.prefixes.map(prefix => `${'PRE'.padStart(30)} ${prefix.split('/').at(-2) ?? ''}/\n`);
  const objects = page.objects.map(({ key, sizeBytes, modifiedMs }) => {
    const name = usesWholeKeys ? key : key.slice(key.lastIndexOf('/') + 1);
    return `${timeText(modifiedMs)} ${sizeText(sizeBytes).padStart(10)} ${name}\n`;
  });
  return [...prefixes, ...objects].join('');
}

/** The instance's time zone is UTC. */
function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}
