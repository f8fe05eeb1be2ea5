/**
 * Which bucket a lab reads. It asks S3 on the instance, as soon as S3 can be reached: on practice every Region has one, on AWS there must be one
 * in the lab's Region. What the answer says is checked before it stands in a command.
 */
import { quoteIfNeeded } from '../base/shellQuoting';
import { prose, type Telling, telling } from '../core/prose';
import type { CommandResult, LabEvidence } from './labEvidence';

/** Prints the first bucket of a Region, or None. */
const findBucketLine = (region: string) =>
  `aws s3api list-buckets --bucket-region ${region} --query 'Buckets[0].Name' --output text`;

/** "Amazon S3 User Guide: General purpose bucket naming rules". */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The bucket that {@link findBucketLine} printed. */
function namedBucket({ output }: CommandResult): string | undefined {
  return output
    .split('\n')
    .map(line => line.trim())
    .find(line => bucketName.test(line));
}

/** The commands that read a bucket, each under its name among the evidence. */
export const bucketCommands = ['findBucket', 'listBucket', 'copyObject'] as const;

/**
 * The next command that reads a bucket of the Region: which one there is, what is in it, one object of it. Undefined when all were run, or the
 * last one was of no use. `options`: what every command ends with.
 */
export function nextBucketCommand(
  { commands }: LabEvidence,
  region: string,
  options: string,
): { readonly command: string; readonly commandLine: string } | undefined {
  const next = (command: string, commandLine: string) => ({ command, commandLine: `${commandLine} ${options}` });
  const { findBucket, listBucket, copyObject } = commands;
  if (!findBucket) return next('findBucket', findBucketLine(region));
  const bucket = namedBucket(findBucket);
  if (bucket === undefined) return undefined;
  if (!listBucket) return next('listBucket', `aws s3 ls s3://${bucket}`);
  const key = firstKey(listBucket);
  if (key === undefined || copyObject) return undefined;
  return next('copyObject', `aws s3 cp --no-progress ${quoteIfNeeded(`s3://${bucket}/${key}`)} /tmp/`);
}

/** What is wrong with the reading of a bucket; undefined when an object was copied. */
export function bucketTrouble({ commands }: LabEvidence, region: string): Telling | undefined {
  if (commands.findBucket?.exitCode === 0 && namedBucket(commands.findBucket) === undefined)
    return telling(prose('There is no bucket in {0} yet: make one, with an object.'), region);
  const failed = bucketCommands.map(command => commands[command]).find(result => result && result.exitCode !== 0);
  if (failed) return telling(prose('“{0}” ended with {1}.'), failed.commandLine, String(failed.exitCode ?? '–'));
  return commands.copyObject ? undefined : telling(prose('No object of a bucket has been copied yet.'));
}

/** The first object that `aws s3 ls s3://bucket` printed: date, time, size, key. */
function firstKey({ output }: CommandResult): string | undefined {
  for (const line of output.split('\n')) {
    const key = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d+ (.+?)\r?$/.exec(line.trim())?.[1];
    if (key !== undefined) return key;
  }
  return undefined;
}
