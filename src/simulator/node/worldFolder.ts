/**
 * A practice world on disk: `world.json` holds a snapshot and the number of the journal that goes on from it, `journal-N.jsonl` what came
 * since, a line for each entry. A crash at any moment loses nothing that was recorded.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { decodeJournal, encodeEntry, type JournalEntry } from '../save/journal';
import { decodePlainData, encodePlainData } from '../save/plainData';
import type { SavedWorld } from '../save/savedWorld';

/** A snapshot, with how the world was kept. */
export interface KeptWorld {
  readonly saved: SavedWorld;
  /** By what durations were divided. */
  readonly pace: number;
  /** What came after the snapshot. */
  readonly journal: readonly JournalEntry[];
}

const worldShape = v.object({
  journal: v.number(),
  pace: v.number(),
  saved: v.looseObject({ format: v.literal(1), rules: v.string(), seed: v.string(), atMs: v.number() }),
});

/** Only this user reads what a practice world holds. */
const ownerOnly = 0o600;

export class WorldFolder {
  readonly #path: string;
  #journal = 0;
  #length = 0;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  /** A name of its own that no reset changes. */
  get identity(): string {
    const known = this.#readIfPresent('identity');
    if (known !== undefined) return known;
    const made = randomUUID();
    this.#write('identity', made);
    return made;
  }

  /** Entries since the snapshot. */
  get journalLength(): number {
    return this.#length;
  }

  /** Undefined when nothing was kept. Throws when something is there that cannot be read. */
  read(): KeptWorld | undefined {
    const text = this.#readIfPresent('world.json');
    if (text === undefined) return undefined;
    const { journal, pace, saved } = v.parse(worldShape, decodePlainData(text));
    const entries = decodeJournal(this.#readIfPresent(journalName(journal)) ?? '');
    this.#journal = journal;
    this.#length = entries.length;
    return { saved: saved as unknown as SavedWorld, pace, journal: entries };
  }

  /** Keeps a snapshot; the journal begins anew. */
  keep(saved: SavedWorld, pace: number): void {
    this.#journal++;
    this.#length = 0;
    this.#write(journalName(this.#journal), '');
    this.#write('world.json', encodePlainData({ journal: this.#journal, pace, saved }));
    for (const name of readdirSync(this.#path))
      if (/^journal-\d+\.jsonl$/.test(name) && name !== journalName(this.#journal)) rmSync(join(this.#path, name));
  }

  append(entry: JournalEntry): void {
    appendFileSync(join(this.#path, journalName(this.#journal)), `${encodeEntry(entry)}\n`, { mode: ownerOnly });
    this.#length++;
  }

  /** Puts what cannot be read aside, so that it is not lost and does not stand in the way. */
  setAside(): string {
    const aside = join(this.#path, `unreadable-${Date.now()}.json`);
    renameSync(join(this.#path, 'world.json'), aside);
    return aside;
  }

  #readIfPresent(name: string): string | undefined {
    try {
      return readFileSync(join(this.#path, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Whole or not at all. */
  #write(name: string, text: string): void {
    const draft = join(this.#path, `${name}.draft`);
    writeFileSync(draft, text, { mode: ownerOnly });
    renameSync(draft, join(this.#path, name));
  }
}

function journalName(number: number): string {
  return `journal-${number}.jsonl`;
}
