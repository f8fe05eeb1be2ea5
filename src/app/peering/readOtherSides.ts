import type { PeeringConnection } from '../../core/peering';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { Scope, ScopeStore } from '../appModel';
import { shownParts } from './peeringDetails';

/** Where the scopes of the window are known. */
export type KnownScopes = Pick<ScopeStore, 'scopes'>;

/** The scopes that may see the far side of a connection, as far as their region tells. */
export function farScopes(
  scope: Scope,
  connections: readonly PeeringConnection[],
  { scopes }: KnownScopes,
): readonly Scope[] {
  const regions = new Set(connections.flatMap(({ requester, accepter }) => [requester.region, accepter.region]));
  return scopes.filter(other => other !== scope && regions.has(other.region));
}

/** What those scopes see whose account has a side of one of these connections. Scopes that do not answer are passed over. */
export async function readOtherSides(
  far: readonly Scope[],
  connections: readonly PeeringConnection[],
  signal: AbortSignal,
): Promise<readonly NetworkSnapshot[]> {
  const sides = connections.flatMap(({ requester, accepter }) => [requester, accepter]);
  const read = await Promise.allSettled(
    far.map(async scope => {
      const { identity, network } = await scope.gateways();
      const { accountId } = await identity.whoAmI({ signal });
      if (!sides.some(side => side.accountId === accountId && side.region === scope.region)) return [];
      return [await network.readSnapshot(shownParts, { signal })];
    }),
  );
  signal.throwIfAborted();
  return read.flatMap(result => (result.status === 'fulfilled' ? result.value : []));
}
