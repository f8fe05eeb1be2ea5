import type { Shape } from './schemaValue';

/** Output as plain values, members in the order of the model, times as the CLI writes them. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Leaves out members that the answer did not have. */
export function plainValue(shape: Shape, value: unknown): PlainValue {
  if (value === null || value === undefined) return null;
  if (shape.isListSchema()) return (value as readonly unknown[]).map(item => plainValue(shape.getValueSchema(), item));
  if (shape.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(value as object).map(([key, item]) => [key, plainValue(shape.getValueSchema(), item)]),
    );
  }
  if (shape.isStructSchema()) {
    const members = value as Readonly<Record<string, unknown>>;
    const present = [...shape.structIterator()].filter(
      ([name]) => members[name] !== undefined && members[name] !== null,
    );
    return Object.fromEntries(present.map(([name, member]) => [name, plainValue(member, members[name])]));
  }
  if (value instanceof Date) return timeText(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  return value as PlainValue;
}

/** `2024-02-17T04:07:58+00:00`, with microseconds when there is a fraction (Python's isoformat). */
function timeText(time: Date): string {
  const text = time.toISOString();
  const fraction = text.slice(19, -1);
  return `${text.slice(0, 19)}${fraction === '.000' ? '' : `${fraction}000`}+00:00`;
}

/** Four spaces a level, empty lists and structures on one line, nothing for an empty answer; not ASCII is escaped no more in v2. */
export function jsonText(value: PlainValue): string {
  const isEmpty = isStructure(value) && Object.keys(value).length === 0;
  return isEmpty ? '' : `${JSON.stringify(value, undefined, 4)}\n`;
}

function isStructure(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `--output text` (aws/aws-cli:awscli/text.py): tab-separated scalars in order of their names, nested ones on lines of their own. */
export function tabText(value: PlainValue): string {
  return formatText(value, undefined, undefined);
}

function formatText(value: PlainValue, title: string | undefined, keys: readonly string[] | undefined): string {
  if (Array.isArray(value)) return formatList(value, title);
  if (isStructure(value)) return formatStructure(value, title, keys);
  return `${scalarText(value)}\n`;
}

function isNested(value: PlainValue): boolean {
  return typeof value === 'object' && value !== null;
}

function scalarText(value: PlainValue | undefined): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  return value === false ? 'False' : String(value ?? '');
}

function formatList(items: readonly PlainValue[], title: string | undefined): string {
  if (items.length === 0) return '';
  if (items.some(isStructure)) {
    const keys = new Set(
      items.filter(isStructure).flatMap(item => Object.keys(item).filter(key => !isNested(item[key] ?? null))),
    );
    const sorted = [...keys].sort();
    return items.map(item => formatText(item, title, sorted)).join('');
  }
  const nested = items.filter(isNested);
  const scalars = items.filter(item => !isNested(item)).map(scalarText);
  const lines = title === undefined ? [scalars.join('\t')] : scalars.map(text => `${title.toUpperCase()}\t${text}`);
  return (
    (scalars.length > 0 ? lines.map(line => `${line}\n`).join('') : '') +
    nested.map(item => formatText(item, title, undefined)).join('')
  );
}

function formatStructure(
  value: { readonly [key: string]: PlainValue },
  title: string | undefined,
  keys: readonly string[] | undefined,
): string {
  const sorted = Object.keys(value).sort();
  const scalarKeys = keys ?? sorted.filter(key => !isNested(value[key] ?? null));
  const nestedKeys = sorted.filter(key => (keys ? !keys.includes(key) : isNested(value[key] ?? null)));
  const scalars = scalarKeys.map(key => scalarText(value[key]));
  const head =
    scalars.length > 0 ? `${[...(title === undefined ? [] : [title.toUpperCase()]), ...scalars].join('\t')}\n` : '';
  return head + nestedKeys.map(key => formatText(value[key] ?? null, key, undefined)).join('');
}
