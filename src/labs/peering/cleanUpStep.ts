import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import { isOwn } from '../choose';
import type { Step } from '../lab';
import type { LabSite } from '../labWorld';
import { leftovers, nothingLeft } from '../leftovers';

/** 4.13: leave nothing behind, routes least of all. */
export const cleanUpStep: Step = {
  id: '4.13',
  title: prose('Clean up'),
  reason: prose(
    'Deleting a peering connection leaves its routes behind as blackholes. They cost nothing and puzzle whoever finds them.',
  ),
  hints: [
    prose('Routes first, then the connection.'),
    prose('Then the instances, and when they are gone groups, internet gateway, table, subnet and VPC.'),
    prose('The deleted connection stays in sight for two hours; the other side may see it for two days.'),
  ],
  symptoms: [
    {
      seen: prose('Routes in the state blackhole are left'),
    },
  ],
  done: site => nothingLeft(() => [...leftovers(site), ...lostRoutes(site)]),
  isCleanUp: true,
  action: () => undefined,
};

/** Routes to connections of the run, and those connections while they live. */
function lostRoutes({ snapshot, runId }: LabSite): readonly string[] {
  const connections = snapshot.peeringConnections ? need(snapshot.peeringConnections) : [];
  const own = connections.filter(({ requester }) => isOwn({ runId }, requester));
  const ids = own.map(({ id }): string => id);
  const tables = need(snapshot.routeTables).filter(({ routes }) =>
    routes.some(({ target }) => target.kind === 'peeringConnection' && ids.includes(target.id)),
  );
  const living = own.filter(({ state }) => state === 'active' || state === 'pendingAcceptance');
  return [...living, ...tables].map(({ id }) => id);
}
