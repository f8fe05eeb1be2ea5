import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGateways } from '../../src/aws/createGateways';
import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import { region } from '../../src/core/ids';
import { ServiceSite } from './serviceSite';

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
  writeProfile(profile: string, accountName: string): Promise<Record<string, string>> {
    return this.writeProfiles({ [profile]: accountName });
  }

  /** The same for several: account names by profile. */
  async writeProfiles(accountNames: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const config = join(this.folder, 'config');
    const credentials = join(this.folder, 'credentials');
    const { line } = this;
    const entries = Object.entries(accountNames).map(([profile, name]) => ({ profile, ...this.#account(name) }));
    await writeFile(
      config,
      entries
        .map(({ profile }) => `[profile ${profile}]\nregion = ${line.region}\nendpoint_url = ${line.endpoint}\n`)
        .join(''),
    );
    await writeFile(
      credentials,
      entries
        .map(
          ({ profile, accessKeyId, secretAccessKey }) =>
            `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
        )
        .join(''),
    );
    return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  }

  /** The provider's service, which the consumer may ask for. */
  openSite(): Promise<ServiceSite> {
    return ServiceSite.open(this.#scope('provider'), this.#scope('consumer'));
  }

  #account(wanted: string): CloudLine['accounts'][number] {
    const account = this.line.accounts.find(({ name }) => name === wanted);
    if (!account) throw new Error(`the cloud has no account ${wanted}`);
    return account;
  }

  #scope(accountName: string) {
    const { accessKeyId, secretAccessKey } = this.#account(accountName);
    const gateways = createGateways({
      region: region(this.line.region),
      endpointUrl: this.line.endpoint,
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      openChannel: () => Promise.reject(new Error('no channels here')),
      openTunnel: () => Promise.reject(new Error('no tunnel here')),
      clock: wallClock,
      log: silentLog,
    });
    return { gateways: async () => gateways };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
