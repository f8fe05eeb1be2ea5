import * as vscode from 'vscode';
import type { ResourceStore, ScopeStore } from '../../app/appModel';
import { defaultRoutes, type PeeringRoute, peeringRoutes } from '../../app/operations/peeringRoutes';
import { canAnswer, planPeeringAnswer } from '../../app/operations/planPeeringAnswer';
import { planPeeringDns } from '../../app/operations/planPeeringDns';
import { planPeeringRemoval, routesOver } from '../../app/operations/planPeeringRemoval';
import { planPeeringRoutes } from '../../app/operations/planPeeringRoutes';
import { openSides } from '../../app/peering/openSides';
import { isLive, type PeeringDetails, type PeeringSideDetails } from '../../app/peering/peeringDetails';
import type { Answer, InboxEntry } from '../../app/requests/pendingRequests';
import { nameOrId } from '../../core/network';
import type { RouteInput } from '../../core/ports/routeGateway';
import { remoteDnsWords, sideWords } from '../../words/peering';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { confirmRemoval } from '../changes/confirmRemoval';
import { summaryStep } from '../changes/summaryStep';
import { pickPeering } from '../pickers/pickPeering';
import type { PeeringTarget } from '../views/targets';
import { whileReading } from '../whileReading';
import { pickMany, pickOne, runSteps } from '../wizard';

type PeeringList = ResourceStore<PeeringDetails>;

/** One dialog; resolves with whether the request was answered. */
export function answerPeeringCommand(
  scopes: ScopeStore,
  stores: { readonly peering: PeeringList; readonly pending: ResourceStore<InboxEntry> },
  answer: Answer,
) {
  return async (target: PeeringTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickPeering(scopes, stores.peering, t('Which request?'), canAnswer));
    if (!chosen) return false;
    const plan = planPeeringAnswer(chosen.scope, answer, chosen.peering, stores);
    return (await confirmRemoval(scopes, chosen.scope, plan)) !== undefined;
  };
}

/** Asks whether the routes go too, where there are any; then one dialog. Resolves with whether it was deleted. */
export function deletePeeringCommand(scopes: ScopeStore, store: PeeringList) {
  return async (target: PeeringTarget | undefined): Promise<boolean> => {
    const fits = ({ connection }: PeeringDetails) => isLive(connection);
    const chosen = target ?? (await pickPeering(scopes, store, t('Which peering shall be deleted?'), fits));
    if (!chosen) return false;
    const { scope, peering } = chosen;
    const count = routesOver(peering.sides).length;
    const isWithRoutes = count > 0 ? await askAboutRoutes(count) : false;
    if (isWithRoutes === undefined) return false;
    return (await confirmRemoval(scopes, scope, planPeeringRemoval(scope, peering, isWithRoutes, store))) !== undefined;
  };
}

async function askAboutRoutes(count: number): Promise<boolean | undefined> {
  const items = [
    { label: t('Delete its {0} routes too', count), isWithRoutes: true },
    { label: t('Leave the routes'), description: t('they become black holes'), isWithRoutes: false },
  ];
  const chosen = await vscode.window.showQuickPick(items, { ignoreFocusOut: true });
  return chosen?.isWithRoutes;
}

/** Routes for every side that one of the scopes reaches. Resolves with what was made. */
export function routePeeringCommand(scopes: ScopeStore, store: PeeringList) {
  return async (target: PeeringTarget | undefined): Promise<readonly RouteInput[] | undefined> => {
    const fits = ({ connection }: PeeringDetails) => connection.state === 'active';
    const chosen = target ?? (await pickPeering(scopes, store, t('Routes over which peering?'), fits));
    if (!chosen) return undefined;
    const { scope, peering } = chosen;
    const { connection } = peering;
    const sides = await whileReading(t('Reading the route tables of both sides…'), signal =>
      openSides(connection, [scope, ...scopes.scopes.filter(other => other !== scope)], { signal }),
    );
    const routes = peeringRoutes(connection, sides);
    if (routes.length === 0) {
      void vscode.window.showInformationMessage(t('Every route table in sight leads over {0} already.', connection.id));
      return undefined;
    }
    let wanted = defaultRoutes(routes);
    const plan = () => planPeeringRoutes(connection, wanted, store);
    const finished = await runSteps(t('Routes over {0}', connection.id), [
      frame =>
        pickMany<PeeringRoute>(
          frame,
          {
            placeholder: t('Which route tables shall lead to the other side?'),
            selected: wanted,
            problemOf: values => (values.length === 0 ? t('Choose at least one.') : undefined),
            items: routes.map(routeItem),
          },
          values => {
            wanted = values;
          },
        ),
      summaryStep(scope, plan),
    ]);
    return finished ? carryOut(scope, plan()) : undefined;
  };
}

function routeItem(value: PeeringRoute) {
  const { scope, table, subnets, route, replaces } = value;
  return {
    label: `${scope.label} · ${nameOrId(table)}`,
    description: route.destination,
    detail: replaces
      ? t('$(warning) it leads elsewhere now; the route is replaced')
      : t('used by {0}', subnets.map(nameOrId).join(', ') || t('no subnet yet')),
    value,
  };
}

/** Whether names of a side resolve privately over there. Resolves with whether it was changed. */
export function peeringDnsCommand(scopes: ScopeStore, store: PeeringList) {
  return async (target: PeeringTarget | undefined): Promise<boolean> => {
    const fits = ({ connection }: PeeringDetails) => connection.state === 'active';
    const chosen = target ?? (await pickPeering(scopes, store, t('Names across which peering?'), fits));
    const own = chosen?.peering.sides.filter(({ isOwn }) => isOwn) ?? [];
    let [side] = own;
    if (!chosen || !side) return false;
    const { scope, peering } = chosen;
    const plan = ({ name, side: { allowsRemoteDnsResolution } }: PeeringSideDetails) =>
      planPeeringDns(scope, peering, name, !allowsRemoteDnsResolution, store);
    const finished = await runSteps(t('Names across {0}', peering.connection.id), [
      frame =>
        pickOne<PeeringSideDetails>(
          frame,
          {
            placeholder: t('Whose names shall change?'),
            items: own.map(value => ({
              label: `${value.side.vpcId} (${sideWords(value.name)})`,
              description: remoteDnsWords(value.side.allowsRemoteDnsResolution),
              value,
            })),
          },
          value => {
            side = value;
          },
        ),
      summaryStep(scope, () => plan(side as PeeringSideDetails)),
    ]);
    if (!finished) return false;
    return (
      (await carryOut(scope, {
        ...plan(side),
        run: context =>
          plan(side as PeeringSideDetails)
            .run(context)
            .then(() => true),
      })) ?? false
    );
  };
}
