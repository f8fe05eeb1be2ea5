import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { nameOrId } from '../../core/network';
import { reachWords } from '../../words/sessionReach';
import { t } from '../../words/translation';
import type { InstanceTarget } from '../views/targets';
import { pickResource } from './pickResource';

/** Asks for an instance, those that Session Manager reaches first. */
export async function pickInstance(
  scopes: ScopeStore,
  store: ResourceStore<InstanceEntry>,
  placeholder: string,
  fits: (entry: InstanceEntry) => boolean = ({ instance }) => instance.state !== 'terminated',
): Promise<InstanceTarget | undefined> {
  const chosen = await pickResource(scopes, store, {
    placeholder,
    noneWords: t('no instances'),
    fits,
    rank: entry => (entry.sessionManager === 'online' ? 0 : 1),
    itemOf: entry => ({
      label: nameOrId(entry.instance),
      description: [entry.instance.privateIpAddress, reachWords(entry.reach)].filter(Boolean).join(' · '),
    }),
  });
  return chosen && { scope: chosen.scope, instance: chosen.value.instance };
}
