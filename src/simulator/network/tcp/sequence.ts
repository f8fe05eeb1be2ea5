/** Arithmetic of 32-bit sequence numbers, which wrap around (RFC 9293 §3.4). */

export function sequenceAfter(sequence: number, bytes: number): number {
  return (sequence + bytes) >>> 0;
}

/** How far `later` is ahead of `earlier`; negative when it is behind. */
export function sequenceDistance(later: number, earlier: number): number {
  return (later - earlier) | 0;
}
