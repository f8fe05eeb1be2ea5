/** What stands behind an endpoint service. */
import * as v from 'valibot';
import { endpointServiceId } from '../../../core/ids';
import { t } from '../../../words/translation';
import { isMadeAs, takeAway } from './removal';
import { resourceKind, type ThingKind } from './thingKind';
import { text } from './thingText';

export const endpointServiceSchema = v.object({ kind: v.literal('endpointService'), name: text });
/** In a service that the run did not make. */
export const allowedPrincipalSchema = v.object({
  kind: v.literal('allowedPrincipal'),
  serviceId: text,
  principal: text,
});
export const loadBalancerSchema = v.object({ kind: v.literal('loadBalancer'), name: text });
export const targetGroupSchema = v.object({ kind: v.literal('targetGroup'), name: text });

export const endpointServiceKind = resourceKind<v.InferOutput<typeof endpointServiceSchema>>({
  words: name => t('endpoint service {0}', name),
  find: async ({ name }, removal) => {
    const services = await removal.gateways.endpointServices.listOwnServices(removal);
    return services.find(isMadeAs(removal, name))?.id;
  },
  remove: (id, removal) => {
    const { endpointServices } = removal.gateways;
    return takeAway(
      removal,
      () => endpointServices.deleteService(endpointServiceId(id), removal),
      async () => (await endpointServices.findOwnService(endpointServiceId(id), removal)) === undefined,
    );
  },
});

export const allowedPrincipalKind: ThingKind<v.InferOutput<typeof allowedPrincipalSchema>> = {
  words: thing => t('principal {0} of {1}', thing.principal, thing.serviceId),
  remove: ({ serviceId, principal }, _resourceId, removal) => {
    const change = { remove: [principal] };
    return takeAway(removal, () =>
      removal.gateways.endpointServices.modifyAllowedPrincipals(endpointServiceId(serviceId), change, removal),
    );
  },
};

/** Takes its listeners with it. Names are unique in an account and region, so one left by a crash is found by its name. */
export const loadBalancerKind = resourceKind<v.InferOutput<typeof loadBalancerSchema>>({
  words: name => t('load balancer {0}', name),
  find: async ({ name }, { gateways, signal }) => {
    const all = await gateways.loadBalancers.listLoadBalancers({ signal });
    return all.find(each => each.name === name)?.arn;
  },
  remove: (arn, removal) => {
    const { loadBalancers } = removal.gateways;
    return takeAway(
      removal,
      () => loadBalancers.deleteLoadBalancer(arn, removal),
      async () => (await loadBalancers.findLoadBalancer(arn, removal)) === undefined,
    );
  },
});

export const targetGroupKind = resourceKind<v.InferOutput<typeof targetGroupSchema>>({
  words: name => t('target group {0}', name),
  find: async ({ name }, { gateways, signal }) => {
    const all = await gateways.loadBalancers.listTargetGroups({ signal });
    return all.find(each => each.name === name)?.arn;
  },
  remove: (arn, removal) => takeAway(removal, () => removal.gateways.loadBalancers.deleteTargetGroup(arn, removal)),
});
