import type { EndpointService } from '../../core/endpointService';
import { nameTag } from '../../core/network';
import { serviceStateWords } from '../../words/services';
import type { ResourceFacets, Severity } from '../arrangement/facets';
import type { ServiceDetails } from '../serviceDetails';

const severity: Readonly<Record<EndpointService['state'], Severity>> = {
  pending: 'moving',
  available: 'good',
  deleting: 'moving',
  deleted: 'off',
  failed: 'bad',
};

/** What endpoint services are grouped and found by. */
export const serviceFacets: ResourceFacets<ServiceDetails> = {
  stateOf: ({ service: { state } }) => ({ words: serviceStateWords(state), severity: severity[state] }),
  vpcOf: ({ loadBalancers }) => loadBalancers[0]?.balancer?.vpcId,
  tagsOf: ({ service }) => service.tags,
  textsOf: ({ service, loadBalancers, principals, connections }) => [
    nameTag(service.tags),
    service.id,
    service.serviceName,
    service.privateDnsName?.name,
    ...loadBalancers.map(({ balancer }) => balancer?.name),
    ...(principals ?? []).map(({ principal }) => principal),
    ...(connections ?? []).flatMap(({ endpointId, ownerId }) => [endpointId, ownerId]),
  ],
};
