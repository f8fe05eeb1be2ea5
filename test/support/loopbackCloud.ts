import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface LoopbackAccount {
  readonly name: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What `npm run cloud` says in the first line that begins with `{`. */
export interface LoopbackAnnouncement {
  readonly endpoint: string;
  readonly region: string;
  readonly accounts: readonly LoopbackAccount[];
}

/** `npm run cloud` as a process of its own. */
export class LoopbackCloud {
  private constructor(
    readonly process: ChildProcess,
    readonly announcement: LoopbackAnnouncement,
  ) {}

  static async start(...parameters: readonly string[]): Promise<LoopbackCloud> {
    const child = spawn(process.execPath, ['dist/cli/cloud.js', '--port', '0', ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith('{')) return new LoopbackCloud(child, JSON.parse(line) as LoopbackAnnouncement);
    throw new Error('The cloud ended before it said where it is');
  }

  account(name: string): LoopbackAccount {
    const found = this.announcement.accounts.find(account => account.name === name);
    if (!found) throw new Error(`There is no account ${name}`);
    return found;
  }

  /** Resolves with the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    this.process.kill(signal);
    const [code] = (await once(this.process, 'exit')) as [number | null];
    return code;
  }
}
