/** How a capture is begun: what the page asks for, what the settings propose, and what is possible. */

/**
 * What tcpdump sends: its lines; shorter lines, for busy links (`-q`: neither flags nor numbers); or the packets themselves, as a pcap file in
 * base64, because a terminal takes no other bytes.
 */
export const captureModes = ['lines', 'compact', 'exact'] as const;
export type CaptureMode = (typeof captureModes)[number];

export interface CaptureLimits {
  readonly mode: CaptureMode;
  /** tcpdump ends by itself after so many packets. */
  readonly packetLimit: number;
  readonly timeLimitSeconds: number;
  /** Bytes of each packet that are looked at. */
  readonly snapLengthBytes: number;
}

export interface CaptureStartOptions extends CaptureLimits {
  /** tcpdump's expression as a person wrote it; may be empty. */
  readonly filter: string;
  /** Such as `enX0`, or `any`; undefined for the interface that carries the instance's address. */
  readonly interfaceName: string | undefined;
}

export type CaptureLimitName = 'packetLimit' | 'timeLimitSeconds' | 'snapLengthBytes';

/** The least and the most of each limit; the settings in `package.json` have the same. */
export const captureRanges: Readonly<Record<CaptureLimitName, { readonly least: number; readonly most: number }>> = {
  packetLimit: { least: 1, most: 1_000_000 },
  timeLimitSeconds: { least: 5, most: 3_600 },
  snapLengthBytes: { least: 68, most: 262_144 },
};

/** tcpdump's name for all interfaces at once. */
export const ANY_INTERFACE = 'any';

/** Linux allows 15 octets other than blanks and `/` (net/core/dev.c, dev_valid_name); of these we pass what needs no thought. */
const INTERFACE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,14}$/;

/** The name may stand in a command line as it is. */
export function isInterfaceName(text: string): boolean {
  return INTERFACE_NAME.test(text);
}
