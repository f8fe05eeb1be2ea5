import type { PeeringConnection } from '../../core/peering';
import type { CallOptions } from '../../core/ports/calls';
import type { Scope } from '../appModel';
import type { OpenSide } from '../operations/peeringRoutes';

/** Both sides as far as one of the scopes is in their account and region. Scopes that do not answer are passed over. */
export async function openSides(
  connection: PeeringConnection,
  scopes: readonly Scope[],
  options: CallOptions = {},
): Promise<readonly OpenSide[]> {
  const read = await Promise.allSettled(
    scopes.map(async scope => {
      const { network } = await scope.gateways();
      return { scope, snapshot: await network.readSnapshot(['routeTables', 'subnets'], options) };
    }),
  );
  options.signal?.throwIfAborted();
  const seen = read.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
  return (['requester', 'accepter'] as const).flatMap(name => {
    const { accountId, region } = connection[name];
    const found = seen.find(({ snapshot: { place } }) => place.accountId === accountId && place.region === region);
    return found ? [{ ...found, name }] : [];
  });
}
