import type { RouteTable } from '../../../core/network';
import type { RouteInput, WritableRouteTarget } from '../../../core/ports/routeGateway';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand } from '../../changes/awsCommand';
import type { PlannedChange, PlannedRemoval } from '../../changes/plannedChange';
import { rangesMeet } from '../../peering/peeringDetails';
import { removeRoute } from '../planPeeringRoutes';

const targetFlags: Readonly<Record<WritableRouteTarget['kind'], string>> = {
  internetGateway: 'gateway-id',
  natGateway: 'nat-gateway-id',
  peeringConnection: 'vpc-peering-connection-id',
  networkInterface: 'network-interface-id',
};

/** A route, in place of the one that the table has for just this range. */
export function planRoute(scope: Scope, table: RouteTable, route: RouteInput): PlannedChange<RouteInput> {
  const { destination, target } = route;
  const ranged = table.routes.flatMap(({ destination: to, target: { kind } }) =>
    to.kind === 'cidr' ? [{ cidr: to.cidr, kind }] : [],
  );
  const isReplacing = ranged.some(({ cidr }) => cidr === destination);
  const overlapping = ranged.filter(
    ({ cidr, kind }) => kind !== 'local' && cidr !== destination && rangesMeet(cidr, destination),
  );
  return {
    label: isReplacing ? t('Replace the route') : t('Create the route'),
    doing: t('Changing routes of {0}', table.id),
    facts: [{ icon: 'arrow-right', label: t('Route'), text: `${destination} → ${target.id}` }],
    warnings: [
      ...(isReplacing ? [t('{0} leads {1} elsewhere; connections on that way end.', table.id, destination)] : []),
      ...(overlapping.length > 0
        ? [
            t(
              'Other routes share addresses with it; the longest prefix wins: {0}.',
              overlapping.map(({ cidr }) => cidr).join(', '),
            ),
          ]
        : []),
    ],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', isReplacing ? 'replace-route' : 'create-route', {
        'route-table-id': route.routeTableId,
        'destination-cidr-block': destination,
        [targetFlags[target.kind]]: target.id,
      }),
    ],
    rehearse: async call => {
      const { routes } = await scope.gateways();
      return isReplacing ? routes.replaceRoute(route, call) : routes.createRoute(route, call);
    },
    run: async () => {
      const { routes } = await scope.gateways();
      if (isReplacing) await routes.replaceRoute(route);
      else await routes.createRoute(route);
      return route;
    },
  };
}

/** Taking a route away. */
export function planRouteRemoval(
  scope: Scope,
  route: Pick<RouteInput, 'routeTableId' | 'destination'>,
): PlannedRemoval {
  return {
    verb: t('Delete Route'),
    question: t('Delete the route to {0} in {1}', route.destination, route.routeTableId),
    doing: t('Deleting the route'),
    losses: [t('Subnets of this table reach {0} by a wider route, or not at all.', route.destination)],
    run: () => removeRoute(scope, route),
  };
}
