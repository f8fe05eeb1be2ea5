import { formatHex, formatHex16 } from '../headers/addressText';

const ROW_BYTES = 16;

/** What follows each packet: `-x`, `-X`, `-A`. */
export type DumpForm = 'none' | 'hex' | 'hexAndText' | 'text';

/** The bytes in a form; nothing for no bytes. */
export function dumpOf(form: DumpForm, bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  switch (form) {
    case 'none':
      return '';
    case 'hex':
      return hexLines(bytes, '\n\t');
    case 'hexAndText':
      return hexDump(bytes);
    case 'text':
      return asciiDump(bytes);
  }
}

/** Rows of 16 bytes with their offset and text, each after a line end and a tab, as tcpdump shows what it cannot read, and with `-X`. */
export function hexDump(bytes: Uint8Array): string {
  return rows(bytes, '\n\t', (digits, row) => {
    const shown = Array.from(row, byte => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    return `${digits.padEnd(39)}  ${shown}`;
  });
}

/** The same without the text, each row behind `indent`. */
export function hexLines(bytes: Uint8Array, indent: string): string {
  return rows(bytes, indent, digits => digits);
}

/** The bytes as text behind a line end, `-A`: what is not to be seen is a dot, the carriage return of a line's end is left out. */
function asciiDump(bytes: Uint8Array): string {
  let text = '\n';
  bytes.forEach((byte, index) => {
    if (byte === 0x0d && (bytes[index + 1] ?? 0x0a) === 0x0a) return;
    const isText = (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a;
    text += isText ? String.fromCharCode(byte) : '.';
  });
  return text;
}

function rows(bytes: Uint8Array, indent: string, show: (digits: string, row: Uint8Array) => string): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += ROW_BYTES) {
    const row = bytes.subarray(offset, offset + ROW_BYTES);
    const digits = (formatHex(row).match(/.{1,4}/g) ?? []).join(' ');
    text += `${indent}0x${formatHex16(offset)}:  ${show(digits, row)}`;
  }
  return text;
}
