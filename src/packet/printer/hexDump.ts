const ROW_BYTES = 16;

/** Rows of 16 bytes with their offset and text, each after a line end and a tab, as tcpdump shows what it cannot read, and with `-X`. */
export function hexDump(bytes: Uint8Array): string {
  return rows(bytes, (digits, row) => {
    const shown = Array.from(row, byte => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    return `${digits.padEnd(39)}  ${shown}`;
  });
}

/** The same without the text: `-x`. */
export function hexDigitsDump(bytes: Uint8Array): string {
  return rows(bytes, digits => digits);
}

/** The bytes as text behind a line end, `-A`: what is not to be seen is a dot, carriage returns are left out. */
export function asciiDump(bytes: Uint8Array): string {
  let text = '\n';
  for (const byte of bytes) {
    if (byte === 0x0d) continue;
    const isText = (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a;
    text += isText ? String.fromCharCode(byte) : '.';
  }
  return text;
}

function rows(bytes: Uint8Array, show: (digits: string, row: Uint8Array) => string): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += ROW_BYTES) {
    const row = bytes.subarray(offset, offset + ROW_BYTES);
    const digits = Array.from(row, byte => byte.toString(16).padStart(2, '0')).join('');
    text += `\n\t0x${offset.toString(16).padStart(4, '0')}:  ${show((digits.match(/.{1,4}/g) ?? []).join(' '), row)}`;
  }
  return text;
}
