const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where single bytes from 0x80 on are kept in a text: lone low surrogates, as Python's surrogateescape does (PEP 383). */
const loneByte = /[\udc80-\udcff]/u;

/** A byte that is no character by itself, for a text that will be encoded. */
export function byteInText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/** UTF-8; bytes put in by {@link byteInText} come out as they are. */
export function encodeText(text: string): Uint8Array {
  if (!loneByte.test(text)) return encoder.encode(text);
  const parts = text.split(/([\udc80-\udcff])/u);
  return joinBytes(
    parts.map(part => (loneByte.test(part) ? Uint8Array.of(part.charCodeAt(0) - 0xdc00) : encoder.encode(part))),
  );
}

export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** One character for each byte. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8_192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  return text;
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}
