import type { AddressClass } from '../../core/classification';
import type { Ipv6Range } from '../../core/ipv6';

/** Which of a packet's two places a word asks about. */
export type DisplaySide = 'either' | 'source' | 'destination';

/** Numbers from `first` to `last`, both included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

export const displayProtocols = ['tcp', 'udp', 'dns', 'icmp', 'icmp6', 'arp', 'ip', 'ip6'] as const;
export type DisplayProtocol = (typeof displayProtocols)[number];

/** What one word of a display filter asks. Addresses are unsigned numbers; row numbers are those of the columns, 1-based. */
export type DisplayQuestion =
  | { readonly kind: 'address'; readonly side: DisplaySide; readonly range: NumberRange; readonly port?: number }
  | { readonly kind: 'address6'; readonly side: DisplaySide; readonly range: Ipv6Range; readonly port?: number }
  | { readonly kind: 'port'; readonly side: DisplaySide; readonly ranges: readonly NumberRange[] }
  | { readonly kind: 'protocol'; readonly protocol: DisplayProtocol }
  | { readonly kind: 'class'; readonly classes: readonly AddressClass[] }
  /** Any of these TCP flags is set. */
  | { readonly kind: 'flags'; readonly mask: number }
  | { readonly kind: 'row'; readonly column: 'interfaceRow' | 'routeRow'; readonly rows: readonly number[] }
  /** Stands in the line, letters of either case. */
  | { readonly kind: 'text'; readonly text: string };

/** A question, or its opposite. */
export interface DisplayTerm {
  readonly question: DisplayQuestion;
  readonly isNot: boolean;
}
