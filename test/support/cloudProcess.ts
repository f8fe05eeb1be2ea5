import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface CloudLine {
  readonly endpoint: string;
  readonly region: string;
  readonly accounts: readonly {
    readonly name: string;
    readonly accountId: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }[];
}

/** `npm run cloud` as a process of its own, on a port of the system's choice. */
export class CloudProcess {
  private constructor(
    readonly line: CloudLine,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Wants the built command line in dist/cli. */
  static async start(...options: string[]): Promise<CloudProcess> {
    const child = spawn(process.execPath, ['dist/cli/cloud.js', '--port', '0', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const text of createInterface({ input: child.stdout })) {
      if (text.startsWith('{'))
        return new CloudProcess(JSON.parse(text), child, await mkdtemp(join(tmpdir(), 'vpc-labs-cloud-')));
    }
    throw new Error('the cloud ended before it said where it is');
  }

  /** Writes AWS config files with one profile; resolves with the environment that makes clients read them. */
  async writeProfile(profile: string, accountName: string): Promise<Record<string, string>> {
    const account = this.line.accounts.find(({ name }) => name === accountName);
    if (!account) throw new Error(`the cloud has no account ${accountName}`);
    const config = join(this.folder, 'config');
    const credentials = join(this.folder, 'credentials');
    await writeFile(
      config,
      `[profile ${profile}]\nregion = ${this.line.region}\nendpoint_url = ${this.line.endpoint}\n`,
    );
    await writeFile(
      credentials,
      `[${profile}]\naws_access_key_id = ${account.accessKeyId}\naws_secret_access_key = ${account.secretAccessKey}\n`,
    );
    return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
