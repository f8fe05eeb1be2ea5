import { nameTag } from '../../core/network';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { PlannedRemoval } from '../changes/plannedChange';
import type { PeeringDetails } from '../peering/peeringDetails';
import { removeRoute } from './planPeeringRoutes';

/** Deleting a connection, and on wish the routes over it that this account sees. */
export function planPeeringRemoval(
  scope: Scope,
  { connection, sides }: PeeringDetails,
  isWithRoutes: boolean,
  store?: ResourceStore<PeeringDetails>,
): PlannedRemoval {
  const { id } = connection;
  const name = nameTag((sides.find(({ isOwn }) => isOwn) ?? sides[0]).side.tags) ?? id;
  const routes = routesOver(sides);
  return {
    verb: isWithRoutes ? t('Delete Peering and Routes') : t('Delete Peering'),
    question: t('Delete {0}', name),
    doing: t('Deleting {0}', name),
    losses: [
      t('Traffic between {0} and {1} ends, in both directions.', connection.requester.vpcId, connection.accepter.vpcId),
      ...routes.map(({ routeTableId, destination }) =>
        isWithRoutes
          ? t('The route to {0} in {1} is deleted.', destination, routeTableId)
          : t('The route to {0} in {1} becomes a black hole.', destination, routeTableId),
      ),
      t('Routes in the other account stay, and lead nowhere. It costs nothing by the hour.'),
    ],
    run: async context => {
      const { peering } = await scope.gateways();
      try {
        await peering.deletePeeringConnection(id).catch((error: unknown) => {
          if (asLabError(error).code !== 'resourceNotFound') throw error;
        });
        for (const route of isWithRoutes ? routes : []) {
          context.signal.throwIfAborted();
          await removeRoute(scope, route);
        }
      } finally {
        void store?.noteChange(scope, id);
      }
    },
  };
}

/** The routes over a connection in the tables that are in sight. */
export function routesOver(sides: PeeringDetails['sides']) {
  return sides.flatMap(({ tables = [] }) =>
    tables.flatMap(({ table, routes }) =>
      routes.flatMap(({ destination }) =>
        destination.kind === 'cidr' ? [{ routeTableId: table.id, destination: destination.cidr }] : [],
      ),
    ),
  );
}
