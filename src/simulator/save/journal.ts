import * as v from 'valibot';
import type { Call } from '../call';
import type { Transition } from '../world/transition';
import { decodePlainData, encodePlainData } from './plainData';

/** One thing that came into the world from outside: an API call, or what the data plane did. */
export type JournalEntry =
  | { readonly atMs: number; readonly call: Call }
  | { readonly atMs: number; readonly effect: Transition };

const place = v.object({ accountId: v.string(), region: v.string() });
const detail = v.record(v.string(), v.unknown());
const entryShape = v.union([
  v.object({
    atMs: v.number(),
    call: v.object({
      caller: v.looseObject({ kind: v.picklist(['user', 'role']), accountId: v.string(), arn: v.string() }),
      region: v.string(),
      service: v.string(),
      operation: v.string(),
      input: v.unknown(),
      via: v.optional(v.looseObject({ service: v.string(), region: v.string(), sourceAddress: v.string() })),
    }),
  }),
  v.object({
    atMs: v.number(),
    effect: v.object({ kind: v.string(), place, subject: v.string(), detail: v.optional(detail) }),
  }),
]);

/** One line of a journal, without its end. */
export function encodeEntry(entry: JournalEntry): string {
  return encodePlainData(entry);
}

/** Undefined for text that is no entry, such as a line that was cut off. */
export function decodeEntry(line: string): JournalEntry | undefined {
  try {
    return v.parse(entryShape, decodePlainData(line)) as JournalEntry;
  } catch {
    return undefined;
  }
}

/** The entries of a journal up to the first line that is none: what follows a torn line cannot be trusted. */
export function decodeJournal(text: string): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    const entry = line === '' ? undefined : decodeEntry(line);
    if (!entry) break;
    entries.push(entry);
  }
  return entries;
}
