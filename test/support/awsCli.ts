import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LoopbackCloud } from './loopbackCloud';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let found: string | undefined;

/** The AWS CLI of version 2; another `aws` may stand before it on the path. Throws when there is none. */
export function findAwsCli(): string {
  found ??= searchAwsCli();
  return found;
}

function searchAwsCli(): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, 'aws');
    if (!existsSync(candidate)) continue;
    const { stdout, stderr } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (/^aws-cli\/2/.test(`${stdout}${stderr}`)) return candidate;
  }
  throw new Error('No `aws` on the path answers aws-cli/2');
}

/** Runs the AWS CLI with these variables and nothing of this machine's own configuration; undefined ones are left out. */
export function runAwsCli(
  parameters: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<CliResult> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8', TZ: 'UTC', ...variables };
  return new Promise(resolve => {
    const child = execFile(findAwsCli(), [...parameters], { env, timeout: 30_000 }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

/** The AWS CLI against a cloud on loopback, with nothing of this machine's own configuration. */
export class AwsCli {
  constructor(
    private readonly cloud: LoopbackCloud,
    private readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ) {}

  run(...parameters: readonly string[]): Promise<CliResult> {
    const { endpoint, region } = this.cloud.announcement;
    return runAwsCli(['--endpoint-url', endpoint, ...parameters], {
      AWS_ACCESS_KEY_ID: this.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.keys.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
    });
  }

  /** The answer; throws with what the CLI said when it failed. */
  async ask<T>(...parameters: readonly string[]): Promise<T> {
    const { status, stdout, stderr } = await this.run(...parameters, '--output', 'json');
    if (status !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
    return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as T;
  }

  /** The code in `An error occurred (Code) when calling …`; throws when the call was not refused. */
  async refusal(...parameters: readonly string[]): Promise<string> {
    const { stdout, stderr } = await this.run(...parameters);
    const code = /An error occurred \((\S+)\) when calling/.exec(stderr)?.[1];
    if (!code) throw new Error(`aws ${parameters.join(' ')} was not refused: ${stdout}${stderr}`);
    return code;
  }
}
