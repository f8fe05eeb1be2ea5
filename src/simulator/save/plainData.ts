/**
 * Plain data as JSON text: besides what JSON has, undefined, Maps, Sets, bytes, dates and numbers that are none of JSON's. Each special value is an object with one member whose name begins with `$`; such members of ordinary objects get another `$`.
 */
export function encodePlainData(value: unknown): string {
  return JSON.stringify(pack(value));
}

/** The reverse; throws a SyntaxError for text that `encodePlainData` does not write. */
export function decodePlainData(text: string): unknown {
  return unpack(JSON.parse(text));
}

type Members = Readonly<Record<string, unknown>>;

function pack(value: unknown): unknown {
  if (typeof value === 'number' && !isJsonNumber(value))
    return { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (value === undefined) return { $undefined: true };
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(pack);
  if (value instanceof Map) return { $map: [...value].map(entry => entry.map(pack)) };
  if (value instanceof Set) return { $set: [...value].map(pack) };
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (value instanceof Date) return { $date: value.getTime() };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.startsWith('$') ? `$${name}` : name, pack(member)]),
  );
}

function isJsonNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  const entries = Object.entries(value as Members);
  const [first] = entries;
  if (first && /^\$[a-z]/.test(first[0])) {
    if (entries.length !== 1) throw new SyntaxError(`${first[0]} stands beside other members`);
    return unpackSpecial(...first);
  }
  return Object.fromEntries(
    entries.map(([name, member]) => [name.startsWith('$$') ? name.slice(1) : name, unpack(member)]),
  );
}

function unpackSpecial(kind: string, content: unknown): unknown {
  switch (kind) {
    case '$number':
      return Number(content);
    case '$undefined':
      return undefined;
    case '$bigint':
      return BigInt(content as string);
    case '$date':
      return new Date(Number(content));
    case '$bytes':
      return fromBase64(String(content));
    case '$map':
      return new Map(list(content).map(entry => list(entry).map(unpack) as [unknown, unknown]));
    case '$set':
      return new Set(list(content).map(unpack));
    default:
      throw new SyntaxError(`${kind} is no kind of value`);
  }
}

function list(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) throw new SyntaxError('a list was expected');
  return content;
}

/** How many bytes `String.fromCharCode` gets at once: it takes them as arguments. */
const sliceBytes = 8192;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += sliceBytes)
    text += String.fromCharCode(...bytes.subarray(at, at + sliceBytes));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}
