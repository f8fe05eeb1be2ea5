import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Memory } from '../../app/appModel';

/** Where the ledger of labs on real accounts is kept between runs ("XDG Base Directory Specification": state). */
export function ledgerFile(environment: NodeJS.ProcessEnv = process.env): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'vpc-endpoint-labs', 'ledger.json');
}

/** Values that outlive the process, in a file that is replaced whole, so that a crash leaves the old one or the new one. */
export class FileMemory implements Memory {
  constructor(private readonly file: string) {}

  get(key: string): unknown {
    return this.#read()[key];
  }

  async update(key: string, value: unknown): Promise<void> {
    mkdirSync(dirname(this.file), { recursive: true });
    const next = `${this.file}.${process.pid}.new`;
    writeFileSync(next, JSON.stringify({ ...this.#read(), [key]: value }), { mode: 0o600 });
    renameSync(next, this.file);
  }

  #read(): Record<string, unknown> {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, unknown>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }
}
