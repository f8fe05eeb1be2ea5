import type { ResourceStore, ScopeStore } from '../../app/appModel';
import type { ServiceDetails } from '../../app/serviceDetails';
import { nameOrId } from '../../core/network';
import { serviceStateWords } from '../../words/services';
import { t } from '../../words/translation';
import type { ServiceTarget } from '../views/targets';
import { pickResource } from './pickResource';

/** Asks for an endpoint service of one's own. */
export async function pickService(
  scopes: ScopeStore,
  store: ResourceStore<ServiceDetails>,
  placeholder: string,
  fits?: (details: ServiceDetails) => boolean,
): Promise<ServiceTarget | undefined> {
  const chosen = await pickResource(scopes, store, {
    placeholder,
    noneWords: t('no such services'),
    itemOf: ({ service }) => ({
      label: nameOrId(service),
      description: serviceStateWords(service.state),
      detail: service.serviceName,
    }),
    ...(fits ? { fits } : {}),
  });
  return chosen && { scope: chosen.scope, service: chosen.value.service };
}
