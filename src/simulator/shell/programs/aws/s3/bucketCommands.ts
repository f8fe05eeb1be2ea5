/** `aws s3 mb`, `rb` and `presign` (aws/aws-cli:awscli/customizations/s3/subcommands.py). */

import { print } from '../../console';
import type { ParsedArguments } from '../argumentParser';
import { CliFailure, CommandLineError, generalFailure } from '../failures';
import { integerOf } from '../parameterValues';
import type { CliSession } from '../session';
import { presignUrl } from './presignUrl';
import { S3Objects } from './s3Objects';
import { kindOf, splitBucket } from './s3Path';
import { runTransfer } from './transferCommand';

export async function makeBucket(session: CliSession, { values }: ParsedArguments): Promise<number> {
  const path = bucketPath(values.get('path')?.[0] ?? '');
  const { bucket } = splitBucket(path);
  const objects = await S3Objects.open(session, 'mb');
  const { region } = objects.client;
  const place = region === undefined || region === 'us-east-1' ? {} : { LocationConstraint: region };
  const configuration = Object.keys(place).length > 0 ? { CreateBucketConfiguration: place } : {};
  return report(session, `make_bucket`, path, bucket, () =>
    objects.call('CreateBucket', { Bucket: bucket, ...configuration }),
  );
}

export async function removeBucket(session: CliSession, { values }: ParsedArguments): Promise<number> {
  const path = bucketPath(values.get('path')?.[0] ?? '');
  const { bucket, key } = splitBucket(path);
  if (key !== '') throw new CommandLineError(`Please specify a valid bucket name only. E.g. s3://${bucket}`);
  const objects = await S3Objects.open(session, 'rb');
  if (values.has('force')) {
    const whole = new Map([
      ['paths', [path]],
      ['recursive', []],
    ]);
    if ((await runTransfer(session, 'rm', { values: whole, rest: [] }, [])) !== 0)
      throw generalFailure(
        'remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.',
      );
  }
  return report(session, 'remove_bucket', path, bucket, () => objects.call('DeleteBucket', { Bucket: bucket }));
}

export async function presign(session: CliSession, { values }: ParsedArguments): Promise<number> {
  const { bucket, key } = splitBucket(values.get('path')?.[0] ?? '');
  const objects = await S3Objects.open(session, 'presign');
  const expiresInSeconds = integerOf(values, 'expires-in') ?? 3_600;
  await print(session.run, `${await presignUrl(objects, bucket, key, expiresInSeconds)}\n`);
  return 0;
}

function bucketPath(path: string): string {
  if (kindOf(path) === 's3') return path;
  throw new CommandLineError('<S3Uri>\nError: Invalid argument type');
}

async function report(
  { run }: CliSession,
  what: string,
  path: string,
  bucket: string,
  work: () => Promise<unknown>,
): Promise<number> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    await run.process.write(2, `${what} failed: ${path} ${error.reason}\n`);
    return 1;
  }
  await print(run, `${what}: ${bucket}\n`);
  return 0;
}
