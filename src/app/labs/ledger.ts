import * as v from 'valibot';
import { LabError } from '../../core/errors';
import { type LedgerThing, ledgerThing } from './things/ledgerThing';
import { text } from './things/thingText';

/** Lines that outlive the process and are only ever added to. Several windows may add at the same time. */
export interface LedgerLog {
  /** Oldest first. One that a crash has cut off may be among them. */
  read(): Promise<readonly string[]>;
  /** Resolves when the line is kept. */
  append(line: string): Promise<void>;
}

const recordVersion = 1;
const version = v.literal(recordVersion);
const entryFields = {
  /** Unique for ever; the client token of the call is made of it. */
  id: text,
  labId: text,
  runId: text,
  scopeId: text,
  thing: ledgerThing,
  intendedAtMs: v.number(),
};
const record = v.variant('record', [
  v.object({ version, record: v.literal('intended'), ...entryFields }),
  v.object({ version, record: v.literal('made'), id: text, resourceId: text }),
  v.object({ version, record: v.literal('gone'), id: text }),
]);
const entry = v.object({
  ...entryFields,
  resourceId: v.optional(text),
  state: v.picklist(['intended', 'made', 'gone']),
});

type LedgerRecord = v.InferOutput<typeof record>;

/**
 * `intended` is written before the call, so that a crash never hides what may exist; `made` adds the id; `gone` is written when it was seen
 * to be gone.
 */
export type LedgerEntry = Readonly<v.InferOutput<typeof entry>>;

/** Which run of which lab an entry belongs to, and where. */
export type LedgerRun = Pick<LedgerEntry, 'labId' | 'runId' | 'scopeId'>;

/**
 * What runs of labs have made and not yet taken away. Every change is kept before its promise resolves, and nothing that was written is ever
 * changed. Rejects with `ledgerUnknown` where another version has written.
 */
export class Ledger {
  constructor(
    private readonly log: LedgerLog,
    private readonly uuid: () => string,
  ) {}

  /** Of one run, or of all; what is gone is left out. */
  async open(runId?: string): Promise<readonly LedgerEntry[]> {
    const entries = entriesOf(await this.#records());
    return entries.filter(each => each.state !== 'gone' && (runId === undefined || each.runId === runId));
  }

  /** Writes down what is about to be made. An open entry for the same thing of the same run in the same scope is that entry. */
  async intend(run: LedgerRun, thing: LedgerThing, intendedAtMs: number): Promise<LedgerEntry> {
    const { labId, runId, scopeId } = run;
    const added = { id: this.uuid(), labId, runId, scopeId, thing, intendedAtMs };
    const find = async () => (await this.open(runId)).find(each => isSame(each, added));
    const known = await find();
    if (known) return known;
    await this.#append({ version: recordVersion, record: 'intended', ...added });
    // Another window may have been first; then its entry stands.
    return (await find()) ?? { ...added, state: 'intended' };
  }

  made(id: string, resourceId: string): Promise<void> {
    return this.#append({ version: recordVersion, record: 'made', id, resourceId });
  }

  gone(id: string): Promise<void> {
    return this.#append({ version: recordVersion, record: 'gone', id });
  }

  async #records(): Promise<readonly LedgerRecord[]> {
    return (await this.log.read()).flatMap(parseRecord);
  }

  #append(added: LedgerRecord): Promise<void> {
    return this.log.append(JSON.stringify(added));
  }
}

/** None for a line that a crash has cut off: its call was never made. */
function parseRecord(line: string): readonly LedgerRecord[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return [];
  }
  const found = v.safeParse(record, parsed);
  if (found.success) return [found.output];
  throw new LabError('ledgerUnknown');
}

function entriesOf(records: readonly LedgerRecord[]): readonly LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  for (const each of records) {
    const known = entries.get(each.id);
    if (each.record === 'intended') {
      const { record: _, version: __, ...added } = each;
      const isTwin = [...entries.values()].some(other => other.state !== 'gone' && isSame(other, added));
      if (!isTwin) entries.set(each.id, { ...added, state: 'intended' });
    } else if (known) {
      const change =
        each.record === 'made' ? { state: each.record, resourceId: each.resourceId } : { state: each.record };
      entries.set(each.id, { ...known, ...change });
    }
  }
  return [...entries.values()];
}

type Identity = Pick<LedgerEntry, 'runId' | 'scopeId' | 'thing'>;

/** Things are told apart by everything but the value to give back: the first one written is the true one. */
function isSame(one: Identity, other: Identity): boolean {
  const key = ({ runId, scopeId, thing }: Identity) =>
    JSON.stringify([runId, scopeId, { ...thing, previous: undefined }]);
  return key(one) === key(other);
}
