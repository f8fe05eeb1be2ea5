const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sixBits = new Map([...ALPHABET].map((character, value) => [character, value]));

/** The standard alphabet with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const digits = Math.min(bytes.length - index, 3) + 1;
    for (let digit = 0; digit < 4; digit++) text += digit < digits ? ALPHABET[(group >> (18 - 6 * digit)) & 63] : '=';
  }
  return text;
}

/** Undefined for what is no padded text of the standard alphabet. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let buffer = 0;
  let length = 0;
  for (const [index, digit] of [...digits].entries()) {
    buffer = ((buffer << 6) | (sixBits.get(digit) ?? 0)) & 0xffffff;
    if (index % 4 !== 0) bytes[length++] = (buffer >> (6 - 2 * (index % 4))) & 255;
  }
  return bytes;
}
