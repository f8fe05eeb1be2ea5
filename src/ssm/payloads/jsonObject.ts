const decoder = new TextDecoder();

/** The JSON object in a payload, or undefined when it holds anything else. */
export function readJsonObject(payload: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(payload));
    return asObject(value);
  } catch {
    return undefined;
  }
}

/** The value itself when it is a JSON object, no array and not null. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** JSON as UTF-8. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
