import { LabError } from '../../core/errors';
import { nameOrId } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import type { RouteInput } from '../../core/ports/routeGateway';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand } from '../changes/awsCommand';
import type { ChangeContext, PlannedChange } from '../changes/plannedChange';
import type { PeeringDetails } from '../peering/peeringDetails';
import type { PeeringRoute } from './peeringRoutes';

/** Making the routes of one or both sides lead over a connection. */
export function planPeeringRoutes(
  connection: PeeringConnection,
  routes: readonly PeeringRoute[],
  store?: ResourceStore<PeeringDetails>,
): PlannedChange<readonly RouteInput[]> {
  const [first] = routes;
  const replaced = routes.filter(({ replaces }) => replaces);
  return {
    label: routes.length === 1 ? t('Create the route') : t('Create {0} routes', routes.length),
    doing: t('Creating routes over {0}', connection.id),
    facts: routes.map(({ scope, table, route, subnets }) => ({
      icon: 'arrow-right',
      label: `${scope.label} · ${nameOrId(table)}`,
      text: [`${route.destination} → ${connection.id}`, subnets.map(nameOrId).join(', ')].filter(Boolean).join(' · '),
    })),
    warnings: [
      ...replaced.map(({ table, route, replaces }) =>
        replaces?.state === 'blackhole'
          ? t('{0} has a route for {1} that leads nowhere; it is replaced.', table.id, route.destination)
          : t('{0} leads {1} elsewhere; connections on that way end.', table.id, route.destination),
      ),
      ...(connection.state === 'active'
        ? []
        : [t('The connection is not active: the routes are black holes until it is.')]),
    ],
    hourlyPriceUsd: 0,
    commandLines: routes.map(commandLine),
    ...(first && {
      rehearse: async call => {
        const { routes: gateway } = await first.scope.gateways();
        return first.replaces ? gateway.replaceRoute(first.route, call) : gateway.createRoute(first.route, call);
      },
    }),
    run: context => makeRoutes(routes, context).finally(() => noteChanges(connection, routes, store)),
  };
}

async function makeRoutes(routes: readonly PeeringRoute[], context: ChangeContext): Promise<readonly RouteInput[]> {
  const made: RouteInput[] = [];
  for (const { scope, route, replaces } of routes) {
    context.signal.throwIfAborted();
    if (scope.isReadOnly) throw new LabError('scopeReadOnly', { scope: scope.label });
    context.report(t('{0} to {1}', route.routeTableId, route.destination));
    const gateways = await scope.gateways();
    if (replaces) await gateways.routes.replaceRoute(route);
    else {
      await gateways.routes.createRoute(route);
      context.made({
        id: `${route.routeTableId}/${route.destination}`,
        label: t('the route to {0} in {1}', route.destination, route.routeTableId),
        remove: options => removeRoute(scope, route, options),
      });
    }
    made.push(route);
  }
  return made;
}

/** A route that is gone already is no error. */
export async function removeRoute(
  scope: Scope,
  route: Pick<RouteInput, 'routeTableId' | 'destination'>,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const { routes } = await scope.gateways();
  try {
    await routes.deleteRoute(route, options);
  } catch (error) {
    if (asLabError(error).code !== 'resourceNotFound') throw error;
  }
}

function noteChanges(
  connection: PeeringConnection,
  routes: readonly PeeringRoute[],
  store: ResourceStore<PeeringDetails> | undefined,
): void {
  for (const scope of new Set(routes.map(route => route.scope))) void store?.noteChange(scope, connection.id);
}

function commandLine({ scope, route, replaces }: PeeringRoute): string {
  return awsCommand(scope, 'ec2', replaces ? 'replace-route' : 'create-route', {
    'route-table-id': route.routeTableId,
    'destination-cidr-block': route.destination,
    'vpc-peering-connection-id': route.target.id,
  });
}
