import type { LedgerLog } from '../../app/labs/ledger';

/** Lines that end with the process. */
export class ProcessLedgerLog implements LedgerLog {
  readonly #lines: string[] = [];

  async read(): Promise<readonly string[]> {
    return this.#lines;
  }

  async append(line: string): Promise<void> {
    this.#lines.push(line);
  }
}
