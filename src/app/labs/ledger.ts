import * as v from 'valibot';
import type { Memory } from '../appModel';
import { type LedgerThing, ledgerThing } from './things/ledgerThing';
import { text } from './things/thingText';

const schemaVersion = 2;
const ledgerKey = 'vpcLabs.ledger';

const entry = v.object({
  id: v.pipe(v.number(), v.integer()),
  labId: text,
  runId: text,
  scopeId: text,
  thing: ledgerThing,
  intendedAtMs: v.number(),
  resourceId: v.optional(text),
  state: v.picklist(['intended', 'made', 'gone']),
});
const ledgerFile = v.object({ version: v.literal(schemaVersion), entries: v.array(entry) });

/**
 * `intended` is written before the call, so that a crash never hides what may exist; `made` adds the id; `gone` is written when it was seen
 * to be gone.
 */
export type LedgerEntry = Readonly<v.InferOutput<typeof entry>>;

/** Which run of which lab an entry belongs to, and where. */
export type LedgerRun = Pick<LedgerEntry, 'labId' | 'runId' | 'scopeId'>;

/** What runs of labs have made and not yet taken away. Every change is stored before the call returns. */
export class Ledger {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Of one run, or of all; what is gone is left out. A file of another version is refused rather than overwritten. */
  open(runId?: string): readonly LedgerEntry[] {
    return this.#read().filter(each => each.state !== 'gone' && (runId === undefined || each.runId === runId));
  }

  /** Writes down what is about to be made. An open entry for the same thing of the same run in the same scope is that entry. */
  async intend(run: LedgerRun, what: LedgerThing, intendedAtMs: number): Promise<LedgerEntry> {
    const entries = this.#read();
    const same = entries.find(
      each =>
        each.runId === run.runId && each.scopeId === run.scopeId && each.state !== 'gone' && isSame(each.thing, what),
    );
    if (same) return same;
    const id = entries.reduce((highest, each) => Math.max(highest, each.id), 0) + 1;
    const { labId, runId, scopeId } = run;
    const added: LedgerEntry = {
      id,
      labId,
      runId,
      scopeId,
      thing: what,
      intendedAtMs,
      state: 'intended',
    };
    await this.#write([...entries, added]);
    return added;
  }

  made(id: number, resourceId: string): Promise<void> {
    return this.#change(id, each => ({ ...each, resourceId, state: 'made' }));
  }

  gone(id: number): Promise<void> {
    return this.#change(id, each => ({ ...each, state: 'gone' }));
  }

  #change(id: number, change: (entry: LedgerEntry) => LedgerEntry): Promise<void> {
    return this.#write(this.#read().map(each => (each.id === id ? change(each) : each)));
  }

  #read(): readonly LedgerEntry[] {
    const stored = this.#memory.get(ledgerKey);
    return stored === undefined ? [] : v.parse(ledgerFile, stored).entries;
  }

  async #write(entries: readonly LedgerEntry[]): Promise<void> {
    await this.#memory.update(ledgerKey, { version: schemaVersion, entries });
  }
}

/** Things are told apart by everything but the value to give back: the first one written is the true one. */
function isSame(one: LedgerThing, other: LedgerThing): boolean {
  const key = (what: LedgerThing) => JSON.stringify({ ...what, previous: undefined });
  return key(one) === key(other);
}
