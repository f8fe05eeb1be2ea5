/** The extension headers of IPv6 (RFC 8200 §4) as far as Linux hosts send them, and a bounded walk over those of any packet. */
import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';

/** Numbers of extension headers in a "next header" field (IANA "IPv6 Extension Header Types"). */
export const Ipv6ExtensionNumber = { hopByHop: 0, routing: 43, fragment: 44, destinationOptions: 60 } as const;

export const FRAGMENT_HEADER_BYTES = 8;

/** No packet has so many; the walk ends there. */
const MAX_EXTENSIONS = 16;

/** RFC 8200 §4.5. */
export interface Ipv6Fragment {
  /** A multiple of 8. */
  readonly offsetBytes: number;
  readonly moreFragments: boolean;
  readonly identification: number;
}

/** One extension header with the eight-byte rounding that its kind has. */
export interface Ipv6Extension {
  /** One of {@link Ipv6ExtensionNumber}. */
  readonly number: number;
  /** All of it but the "next header" field. */
  readonly rest: Uint8Array;
}

/** Options of the hop-by-hop header, padded to a whole number of eight-byte units. Throws a RangeError past 2 KiB. */
export function hopByHopExtension(options: Uint8Array): Ipv6Extension {
  const units = Math.ceil((options.length + 2) / 8);
  if (units > 256) throw new RangeError(`hop-by-hop options of ${options.length} bytes`);
  const padding = units * 8 - 2 - options.length;
  // Pad1 is one zero byte; PadN is 1, its length, and zeros (RFC 8200 §4.2).
  const pad =
    padding < 2 ? new Uint8Array(padding) : concatBytes(Uint8Array.of(1, padding - 2), new Uint8Array(padding - 2));
  return { number: Ipv6ExtensionNumber.hopByHop, rest: concatBytes(Uint8Array.of(units - 1), options, pad) };
}

/** The router alert that goes with MLD reports (RFC 2711 §2.1). */
export const ROUTER_ALERT = Uint8Array.of(5, 2, 0, 0);

export function fragmentExtension(fragment: Ipv6Fragment): Ipv6Extension {
  const rest = new Uint8Array(FRAGMENT_HEADER_BYTES - 1);
  writeUint16(rest, 1, (fragment.offsetBytes & ~7) | (fragment.moreFragments ? 1 : 0));
  writeUint32(rest, 3, fragment.identification);
  return { number: Ipv6ExtensionNumber.fragment, rest };
}

/** Where the headers end: what stands behind them, and where. */
export interface Ipv6Walk {
  /** Number of the first header that is no extension; of later fragments, of what the first one begins with. */
  readonly protocol: number;
  /** Where it begins in the bytes that were walked. */
  readonly offset: number;
  readonly extensions: readonly Ipv6Extension[];
  /** Of the last fragment header on the way. */
  readonly fragment: Ipv6Fragment | undefined;
}

/** Walks extension headers from the start of `bytes`; undefined when one is cut or there are too many. */
export function walkIpv6Extensions(first: number, bytes: Uint8Array): Ipv6Walk | undefined {
  const extensions: Ipv6Extension[] = [];
  let protocol = first;
  let offset = 0;
  let fragment: Ipv6Fragment | undefined;
  while (isExtension(protocol) && !(fragment && fragment.offsetBytes > 0)) {
    if (extensions.length === MAX_EXTENSIONS || offset + 8 > bytes.length) return undefined;
    const end = offset + extensionBytes(protocol, bytes[offset + 1] as number);
    if (end > bytes.length) return undefined;
    extensions.push({ number: protocol, rest: bytes.slice(offset + 1, end) });
    if (protocol === Ipv6ExtensionNumber.fragment) fragment = decodeFragment(bytes, offset);
    protocol = bytes[offset] as number;
    offset = end;
  }
  return { protocol, offset, extensions, fragment };
}

const isExtension = (number: number) =>
  number === Ipv6ExtensionNumber.hopByHop ||
  number === Ipv6ExtensionNumber.routing ||
  number === Ipv6ExtensionNumber.fragment ||
  number === Ipv6ExtensionNumber.destinationOptions;

const extensionBytes = (number: number, length: number) =>
  number === Ipv6ExtensionNumber.fragment ? FRAGMENT_HEADER_BYTES : (length + 1) * 8;

function decodeFragment(bytes: Uint8Array, offset: number): Ipv6Fragment {
  const field = readUint16(bytes, offset + 2);
  return {
    offsetBytes: field & 0xfff8,
    moreFragments: (field & 1) !== 0,
    identification: readUint32(bytes, offset + 4),
  };
}
