import { type CommandTable, views as viewIds } from '../contributions';
import { resourceViews } from '../views/makeViews';
import type { CommandParts } from './commandParts';

/** Peering connections. */
export function peeringCommands({ scopes, stores, views }: CommandParts) {
  const { peering } = stores;
  const load = () => import('../commands/changePeering');
  const arrange = (what: 'groupView' | 'filterView' | 'clearFilter') => async () =>
    (await import('../commands/arrangeView'))[what](resourceViews(views), viewIds.peering);
  return {
    'vpcLabs.peering.create': async target =>
      (await import('../commands/createPeering')).createPeeringCommand(scopes, peering)(target),
    'vpcLabs.peering.accept': async target => (await load()).answerPeeringCommand(scopes, stores, 'accept')(target),
    'vpcLabs.peering.reject': async target => (await load()).answerPeeringCommand(scopes, stores, 'reject')(target),
    'vpcLabs.peering.route': async target => (await load()).routePeeringCommand(scopes, peering)(target),
    'vpcLabs.peering.changeDns': async target => (await load()).peeringDnsCommand(scopes, peering)(target),
    'vpcLabs.peering.delete': async target => (await load()).deletePeeringCommand(scopes, peering)(target),
    'vpcLabs.peering.refresh': () => views.peering.refresh(),
    'vpcLabs.peering.groupBy': arrange('groupView'),
    'vpcLabs.peering.filter': arrange('filterView'),
    'vpcLabs.peering.clearFilter': arrange('clearFilter'),
  } satisfies Partial<CommandTable>;
}
