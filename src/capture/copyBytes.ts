let source = new DataView<ArrayBufferLike>(new ArrayBuffer(0));
let target = source;

/**
 * Copies `length` bytes. For a line of text this is faster than `set` with a view of the line, because no view is made: the whole arrays
 * are looked at four bytes at a time through two views that are kept until other arrays come.
 */
export function copyBytes(from: Uint8Array, start: number, to: Uint8Array, offset: number, length: number): void {
  if (source.buffer !== from.buffer) source = new DataView(from.buffer);
  if (target.buffer !== to.buffer) target = new DataView(to.buffer);
  let read = from.byteOffset + start;
  let write = to.byteOffset + offset;
  const wordsEnd = read + (length & ~3);
  for (; read < wordsEnd; read += 4, write += 4) target.setUint32(write, source.getUint32(read));
  for (const end = from.byteOffset + start + length; read < end; read++, write++)
    target.setUint8(write, source.getUint8(read));
}
