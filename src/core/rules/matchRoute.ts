import { contains, parseCidr, parseIpv4 } from '../ipv4';
import { containsIpv6, parseIpv6, parseIpv6Range } from '../ipv6';
import type { PrefixList, Route } from '../network';

/** Why a route that also covers the destination did not carry it. */
export type LostBecause = 'shorterPrefix' | 'prefixListLosesTie' | 'propagatedLosesTie' | 'laterInTie';

export interface RouteMatch {
  readonly route: Route;
  /** The range that matched; for a prefix list the one of its ranges that covers the destination. */
  readonly cidr: string;
}

export interface RouteDecision {
  /** Undefined when no route covers the destination: the packet is dropped in silence. A blackhole can win and drops as well. */
  readonly winner: RouteMatch | undefined;
  readonly losers: readonly (RouteMatch & { readonly because: LostBecause })[];
}

interface Candidate extends RouteMatch {
  readonly prefixLength: number;
  readonly rank: number;
}

/** A number for IPv4, sixteen bytes for IPv6. */
type Address = number | Uint8Array;

/** Who wins among equally long prefixes: a static range, then a prefix list, then a propagated route. */
const rank = { static: 0, prefixList: 1, propagated: 2 } as const;

/**
 * The route that carries a packet: longest prefix; ties as in "Amazon VPC User Guide: Route priority". Two prefix lists in a tie are decided
 * by their order in the table, because AWS promises only that the choice is stable. Routes whose prefix list is not given cover nothing.
 */
export function matchRoute(
  routes: readonly Route[],
  destination: string,
  prefixLists: readonly PrefixList[],
): RouteDecision {
  const address: Address | undefined = parseIpv4(destination) ?? parseIpv6(destination);
  if (address === undefined) return { winner: undefined, losers: [] };
  const candidates = routes.flatMap(route => candidateOf(route, address, prefixLists) ?? []);
  candidates.sort((a, b) => b.prefixLength - a.prefixLength || a.rank - b.rank);
  const [winner, ...others] = candidates;
  if (!winner) return { winner: undefined, losers: [] };
  return {
    winner: { route: winner.route, cidr: winner.cidr },
    losers: others.map(loser => ({ route: loser.route, cidr: loser.cidr, because: whyLost(loser, winner) })),
  };
}

function candidateOf(route: Route, address: Address, prefixLists: readonly PrefixList[]): Candidate | undefined {
  const best = longestCovering(rangesOf(route, prefixLists), address);
  return best && { route, ...best, rank: rankOf(route) };
}

/** Every range that a route covers, as text. */
export function rangesOf(route: Route, prefixLists: readonly PrefixList[]): readonly string[] {
  const { destination } = route;
  if (destination.kind === 'cidr') return [destination.cidr];
  return prefixLists.find(list => list.id === destination.prefixListId)?.cidrs ?? [];
}

function longestCovering(
  cidrs: readonly string[],
  address: Address,
): { readonly cidr: string; readonly prefixLength: number } | undefined {
  let best: { readonly cidr: string; readonly prefixLength: number } | undefined;
  for (const cidr of cidrs) {
    const prefixLength = prefixCovering(cidr, address);
    if (prefixLength === undefined || (best && prefixLength <= best.prefixLength)) continue;
    best = { cidr, prefixLength };
  }
  return best;
}

/** The range's prefix length, when the address lies in it. */
function prefixCovering(cidr: string, address: Address): number | undefined {
  if (typeof address === 'number') {
    const range = parseCidr(cidr);
    return range && contains(range, address) ? range.prefixLength : undefined;
  }
  const range = parseIpv6Range(cidr);
  return range && containsIpv6(range, address) ? range.prefixLength : undefined;
}

function rankOf(route: Route): number {
  if (route.origin === 'propagated') return rank.propagated;
  return route.destination.kind === 'prefixList' ? rank.prefixList : rank.static;
}

function whyLost(loser: Candidate, winner: Candidate): LostBecause {
  if (loser.prefixLength < winner.prefixLength) return 'shorterPrefix';
  if (loser.rank === winner.rank) return 'laterInTie';
  return loser.rank === rank.propagated ? 'propagatedLosesTie' : 'prefixListLosesTie';
}
