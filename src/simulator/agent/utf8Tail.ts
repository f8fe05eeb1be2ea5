const REPLACEMENT_FIRST_BYTE = 0xef;
const LONGEST_CHARACTER = 4;
const nothing = new Uint8Array(0);

/** What of a chunk goes out now, and the end that waits for more bytes. */
export interface Utf8Split {
  readonly ready: Uint8Array;
  readonly held: Uint8Array;
}

/**
 * Cuts output as the agent does (aws/amazon-ssm-agent:agent/session/plugins): never inside a valid character; what is invalid
 * within the last three bytes waits; earlier invalid bytes pass as they are. Its slip is kept, because learners may meet it: a genuine
 * U+FFFD leaves as its first byte alone.
 */
export function splitUtf8(bytes: Uint8Array): Utf8Split {
  if (bytes.every(byte => byte < 0x80)) return { ready: bytes, held: nothing };
  const ready = new Uint8Array(bytes.length);
  let length = 0;
  let index = 0;
  while (index < bytes.length) {
    const size = characterSize(bytes, index);
    const isReplacement = size === 3 && isReplacementCharacter(bytes, index);
    if ((size === 0 || isReplacement) && bytes.length - index < LONGEST_CHARACTER) break;
    if (size === 0 || isReplacement) ready[length++] = bytes[index] as number;
    else for (let part = 0; part < size; part++) ready[length++] = bytes[index + part] as number;
    index += Math.max(1, size);
  }
  return { ready: ready.slice(0, length), held: bytes.slice(index) };
}

function isReplacementCharacter(bytes: Uint8Array, index: number): boolean {
  return bytes[index] === REPLACEMENT_FIRST_BYTE && bytes[index + 1] === 0xbf && bytes[index + 2] === 0xbd;
}

/** The length of the valid character at `index`, 0 when there is none (The Unicode Standard, table 3-7). */
function characterSize(bytes: Uint8Array, index: number): number {
  const first = bytes[index] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[index + 1] ?? 0;
  if (second < lowestSecond(first) || second > highestSecond(first)) return 0;
  for (let part = 2; part < size; part++) if (((bytes[index + part] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}

const lowestSecond = (first: number) => (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80);
const highestSecond = (first: number) => (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf);
