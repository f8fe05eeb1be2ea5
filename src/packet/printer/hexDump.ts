const ROW_BYTES = 16;

/** Rows of 16 bytes with their offset and text, each after a line end and a tab, as tcpdump shows what it cannot read. */
export function hexDump(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += ROW_BYTES) {
    const row = bytes.subarray(offset, offset + ROW_BYTES);
    const digits = Array.from(row, byte => byte.toString(16).padStart(2, '0')).join('');
    const groups = (digits.match(/.{1,4}/g) ?? []).join(' ').padEnd(39);
    const shown = Array.from(row, byte => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    text += `\n\t0x${offset.toString(16).padStart(4, '0')}:  ${groups}  ${shown}`;
  }
  return text;
}
