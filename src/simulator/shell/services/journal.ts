import type { Clock } from '../../../base/clock';
import { SinkFile } from '../kernel/openFile';
import { decodeText } from '../kernel/text';

export interface JournalEntry {
  readonly timeMs: number;
  /** The unit it is about, without `.service`. */
  readonly unit: string;
  /** `systemd`, `nginx`. */
  readonly identifier: string;
  readonly pid: number;
  readonly text: string;
}

/** Entries that are kept; the oldest go first. */
const entryLimit = 2_000;

/** The system's journal since boot. */
export class Journal {
  readonly #entries: JournalEntry[] = [];

  constructor(private readonly clock: Clock) {}

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  write(entry: Omit<JournalEntry, 'timeMs'>): void {
    this.#entries.push({ ...entry, timeMs: this.clock.now() });
    if (this.#entries.length > entryLimit) this.#entries.shift();
  }

  /** A standard output that ends up here, line by line. */
  outputOf(unit: string, identifier: string, pid: () => number): SinkFile {
    let rest = '';
    return new SinkFile(bytes => {
      const lines = (rest + decodeText(bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) this.write({ unit, identifier, pid: pid(), text });
    });
  }
}
