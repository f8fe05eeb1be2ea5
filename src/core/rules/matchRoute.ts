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

export type MatchRoute = (
  routes: readonly Route[],
  destination: string,
  prefixLists: readonly PrefixList[],
) => RouteDecision;
