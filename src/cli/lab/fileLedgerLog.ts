import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LedgerLog } from '../../app/labs/ledger';

/** Where the ledger of labs on real accounts is kept between runs ("XDG Base Directory Specification": state). */
export function ledgerFile(environment: NodeJS.ProcessEnv = process.env): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'vpc-endpoint-labs', 'ledger.jsonl');
}

/** A file with one line for each record. Lines are added by single writes to the end, so that processes do not mix theirs. */
export class FileLedgerLog implements LedgerLog {
  constructor(private readonly file: string) {}

  async read(): Promise<readonly string[]> {
    try {
      return (await readFile(this.file, 'utf8')).split('\n').filter(Boolean);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async append(line: string): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    // The first break ends a line that a crash has cut off.
    await appendFile(this.file, `\n${line}\n`, { mode: 0o600, flush: true });
  }
}
