import { FrameBytes, OutOfFrame } from './frameBytes';
import type { Filter } from './parseFilter';

/**
 * Whether tcpdump would accept the frame, which is in the form of the filter's link type. As in libpcap's machine, a look past the captured
 * bytes rejects the packet, whatever the rest of the expression says. `originalBytes` is the length on the wire, when the frame was cut;
 * `direction` counts for `inbound` and `outbound` on Ethernet.
 */
export function matchesFilter(
  { program, linkType }: Filter,
  frame: Uint8Array,
  originalBytes = frame.length,
  direction?: 'in' | 'out',
): boolean {
  try {
    return program.graph.accepts(program.start, new FrameBytes(frame, originalBytes, linkType, direction));
  } catch (error) {
    if (error instanceof OutOfFrame) return false;
    throw error;
  }
}
