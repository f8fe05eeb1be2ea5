import type { ResourceStore, ScopeStore } from '../../app/appModel';
import type { PeeringDetails } from '../../app/peering/peeringDetails';
import { nameTag } from '../../core/network';
import { peeringStateWords } from '../../words/peering';
import { t } from '../../words/translation';
import type { PeeringTarget } from '../views/targets';
import { pickResource } from './pickResource';

/** Asks for a peering connection. */
export async function pickPeering(
  scopes: ScopeStore,
  store: ResourceStore<PeeringDetails>,
  placeholder: string,
  fits: (details: PeeringDetails) => boolean,
): Promise<PeeringTarget | undefined> {
  const chosen = await pickResource(scopes, store, {
    placeholder,
    noneWords: t('no such peering connections'),
    fits,
    itemOf: ({ connection, sides }) => ({
      label: nameTag((sides.find(({ isOwn }) => isOwn) ?? sides[0]).side.tags) ?? connection.id,
      description: `${connection.requester.vpcId} → ${connection.accepter.vpcId} · ${peeringStateWords(connection.state)}`,
      detail: connection.id,
    }),
  });
  return chosen && { scope: chosen.scope, peering: chosen.value };
}
