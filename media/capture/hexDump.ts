const LINE_BYTES = 16;

/** `0000  45 00 00 3c …  E..<`, sixteen bytes a line, as `tcpdump -XX` and hexdump(1) lay them out. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += LINE_BYTES) {
    const part = [...bytes.subarray(start, start + LINE_BYTES)];
    const hex = part.map(byte => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(16).padStart(4, '0')}  ${hex.padEnd(LINE_BYTES * 3 - 1)}  ${text}`);
  }
  return lines.join('\n');
}
