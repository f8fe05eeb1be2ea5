import { nextWake } from '../kernel/waitQueue';
import type { PseudoTerminal } from './pseudoTerminal';

/** What a terminal shows next, at most `maxBytes`; waits for it; undefined when no program has the terminal open any more. */
export async function readScreen(device: PseudoTerminal, maxBytes: number): Promise<Uint8Array | undefined> {
  for (;;) {
    const bytes = device.tryShow(maxBytes);
    if (bytes) return bytes.length > 0 ? bytes : undefined;
    await nextWake(device.masterChanged);
  }
}
