import { type Cidr, contains, parseCidr, parseIpv4 } from '../ipv4';
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
  const address = parseIpv4(destination);
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

function candidateOf(route: Route, address: number, prefixLists: readonly PrefixList[]): Candidate | undefined {
  const best = longestCovering(rangesOf(route, prefixLists), address);
  return best && { route, cidr: best.cidr, prefixLength: best.range.prefixLength, rank: rankOf(route) };
}

/** Every range that a route covers, as text. */
export function rangesOf(route: Route, prefixLists: readonly PrefixList[]): readonly string[] {
  const { destination } = route;
  if (destination.kind === 'cidr') return [destination.cidr];
  return prefixLists.find(list => list.id === destination.prefixListId)?.cidrs ?? [];
}

function longestCovering(cidrs: readonly string[], address: number): { cidr: string; range: Cidr } | undefined {
  let best: { cidr: string; range: Cidr } | undefined;
  for (const cidr of cidrs) {
    const range = parseCidr(cidr);
    if (!range || !contains(range, address)) continue;
    if (!best || range.prefixLength > best.range.prefixLength) best = { cidr, range };
  }
  return best;
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
