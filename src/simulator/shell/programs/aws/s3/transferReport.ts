/** What a transfer says while it runs (aws/aws-cli:awscli/customizations/s3/results.py, ResultPrinter). */
import type { Run } from '../../../system';
import { print } from '../../console';
import { humanSize } from './humanSize';

export interface ReportOptions {
  readonly isQuiet: boolean;
  readonly onlyErrors: boolean;
  readonly hasProgress: boolean;
}

export interface Totals {
  readonly files: number;
  /** 0 for what only deletes. */
  readonly sizeBytes: number;
}

export class TransferReport {
  #progressLength = 0;
  #filesDone = 0;
  #bytesDone = 0;
  readonly #startedMs: number;

  constructor(
    private readonly run: Run,
    private readonly options: ReportOptions,
    private readonly totals: Totals,
  ) {
    this.#startedMs = run.process.timeline.now();
  }

  async success(text: string, sizeBytes: number): Promise<void> {
    this.#bytesDone += sizeBytes;
    if (sizeBytes > 0) await this.#progress();
    this.#filesDone++;
    if (!this.#isSilent) await print(this.run, this.#padded(text, '\n'));
    await this.#redisplay();
  }

  async failure(text: string): Promise<void> {
    this.#filesDone++;
    if (!this.options.isQuiet) await this.run.process.write(2, this.#padded(text, '\n'));
    await this.#redisplay();
  }

  async dryRun(text: string): Promise<void> {
    if (!this.#isSilent) await print(this.run, `(dryrun) ${text}\n`);
  }

  get #isSilent(): boolean {
    return this.options.isQuiet || this.options.onlyErrors;
  }

  async #redisplay(): Promise<void> {
    this.#progressLength = 0;
    if (this.#filesDone < this.totals.files) await this.#progress();
  }

  async #progress(): Promise<void> {
    if (this.#isSilent || !this.options.hasProgress) return;
    const statement = this.totals.sizeBytes > 0 ? this.#bytesText() : `Completed ${this.#filesDone} file(s)`;
    const text = this.#padded(`${statement} with ${this.totals.files - this.#filesDone} file(s) remaining`, '\r');
    await print(this.run, text);
    this.#progressLength = text.length - 1;
  }

  #bytesText(): string {
    const elapsedSeconds = (this.run.process.timeline.now() - this.#startedMs) / 1_000;
    const speed = elapsedSeconds > 0 ? this.#bytesDone / elapsedSeconds : 0;
    return `Completed ${humanSize(this.#bytesDone)}/${humanSize(this.totals.sizeBytes)} (${humanSize(speed)}/s)`;
  }

  /** Long enough to cover the progress that stands in the line. */
  #padded(text: string, ending: string): string {
    return text.padEnd(this.#progressLength) + ending;
  }
}
