import { groupBy } from '../../base/groupBy';
import type { EndpointConnection } from '../../core/endpointService';
import { awaitsAcceptance, type EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import type { EndpointServiceId } from '../../core/ids';
import { nameTag } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import { asLabError } from '../asLabError';
import type { Answer, EndpointRequest, RefusedAnswer, RequestSource } from './pendingRequests';

/** Endpoints that wait for acceptance by one of this account's services. */
export const endpointRequests: RequestSource = {
  kind: 'endpoint',
  read: async ({ endpointServices }, options) => {
    const waiting = (await endpointServices.listConnections(options)).filter(awaitsAcceptance);
    if (waiting.length === 0) return [];
    const services = await endpointServices.listOwnServices(options);
    return waiting.map(connection => requestOf(connection, services));
  },
  answer: async (gateways, answer, requests, options) => {
    const mine = requests.filter(request => request.kind === 'endpoint');
    const refused: RefusedAnswer[] = [];
    for (const [serviceId, group] of groupBy(mine, request => request.serviceId))
      refused.push(...(await answerService(gateways, answer, serviceId, group, options)));
    return refused;
  },
};

export function requestOf(
  connection: EndpointConnection,
  services: readonly EndpointServiceConfiguration[],
): EndpointRequest {
  const service = services.find(({ id }) => id === connection.serviceId);
  return {
    kind: 'endpoint',
    id: connection.endpointId,
    ownerId: connection.ownerId,
    ownerRegion: connection.endpointRegion,
    askedAtMs: connection.createdAtMs,
    serviceId: connection.serviceId,
    serviceName: service?.serviceName,
    label: service && nameTag(service.tags),
  };
}

/** One call answers many endpoints of one service; when all of it is refused, the other services are answered all the same. */
async function answerService(
  { endpointServices }: CloudGateways,
  answer: Answer,
  serviceId: EndpointServiceId,
  requests: readonly EndpointRequest[],
  options: CallOptions,
): Promise<readonly RefusedAnswer[]> {
  const ids = requests.map(({ id }) => id);
  try {
    const refused =
      answer === 'accept'
        ? await endpointServices.acceptConnections(serviceId, ids, options)
        : await endpointServices.rejectConnections(serviceId, ids, options);
    return requests.flatMap(request => {
      const error = refused.get(request.id);
      return error ? [{ request, error }] : [];
    });
  } catch (caught) {
    const error = asLabError(caught);
    return requests.map(request => ({ request, error }));
  }
}
