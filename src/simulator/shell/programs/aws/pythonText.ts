/** Values in Python's words, as the CLI's messages show them. */

/** `repr()` of a value read from a command line or from JSON. */
export function pythonRepr(value: unknown): string {
  if (typeof value === 'string') return stringRepr(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${stringRepr(key)}: ${pythonRepr(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return pythonString(value);
}

/** `str()` of a value. */
export function pythonString(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  return typeof value === 'object' ? pythonRepr(value) : String(value);
}

/** `<class 'str'>` */
export function pythonType(value: unknown): string {
  if (value === null) return "<class 'NoneType'>";
  if (Array.isArray(value)) return "<class 'list'>";
  if (typeof value === 'number') return Number.isInteger(value) ? "<class 'int'>" : "<class 'float'>";
  const names: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', object: 'dict' };
  return `<class '${names[typeof value] ?? typeof value}'>`;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = Array.from(text, character => {
    if (character === quote) return `\\${quote}`;
    const code = character.charCodeAt(0);
    return escapes[character] ?? (code < 32 || code === 127 ? `\\x${code.toString(16).padStart(2, '0')}` : character);
  });
  return `${quote}${body.join('')}${quote}`;
}
