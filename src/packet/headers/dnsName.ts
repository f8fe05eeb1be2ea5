/** Domain names on the wire: RFC 1035 §3.1 and, for compression, §4.1.4. As text they have no final dot; the root is ''. */
import { readUint16 } from './bytes';

/** Octets that the master-file form escapes: the dot and the backslash (RFC 1035 §5.1). */
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const MAX_NAME_BYTES = 255;

/** Labels with their lengths, uncompressed. Throws a RangeError for an empty or too long label, or a too long name. */
export function encodeDnsName(name: string): Uint8Array {
  const bytes: number[] = [];
  for (const label of splitLabels(name)) {
    if (label.length === 0 || label.length > 63)
      throw new RangeError(`${JSON.stringify(name)} has a label of ${label.length} octets`);
    bytes.push(label.length, ...label);
  }
  bytes.push(0);
  if (bytes.length > MAX_NAME_BYTES)
    throw new RangeError(`${JSON.stringify(name)} is longer than a domain name can be`);
  return Uint8Array.from(bytes);
}

/** The name at `offset` of a message and where it ends there; undefined when it is cut, loops or is too long. */
export function decodeDnsName(
  message: Uint8Array,
  offset: number,
): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  let end: number | undefined;
  let at = offset;
  let nameBytes = 1;
  while (true) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 };
    if (length >= 0xc0) {
      if (at + 1 >= message.length) return undefined;
      end ??= at + 2;
      const target = readUint16(message, at) & 0x3fff;
      // Compression points to a prior occurrence; anything else could loop.
      if (target >= at) return undefined;
      at = target;
      continue;
    }
    nameBytes += length + 1;
    if (length > 63 || at + length >= message.length || nameBytes > MAX_NAME_BYTES) return undefined;
    labels.push(labelText(message.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
}

function splitLabels(name: string): number[][] {
  if (name === '' || name === '.') return [];
  const labels: number[][] = [[]];
  const octets = new TextEncoder().encode(name.replace(/(?<!\\)\.$/, ''));
  for (let index = 0; index < octets.length; index++) {
    const octet = octets[index] as number;
    const label = labels[labels.length - 1] as number[];
    if (octet === DOT) labels.push([]);
    else if (octet === BACKSLASH) {
      const digits = String.fromCharCode(...octets.subarray(index + 1, index + 4));
      const isDecimal = /^\d{3}$/.test(digits);
      label.push(isDecimal ? Number(digits) & 255 : (octets[index + 1] ?? BACKSLASH));
      index += isDecimal ? 3 : 1;
    } else label.push(octet);
  }
  return labels;
}

function labelText(octets: Uint8Array): string {
  return Array.from(octets, octet => {
    if (octet === DOT || octet === BACKSLASH) return `\\${String.fromCharCode(octet)}`;
    const isPrintable = octet > 0x20 && octet < 0x7f;
    return isPrintable ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`;
  }).join('');
}
