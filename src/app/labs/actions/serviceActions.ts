import type { ServiceAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';

const crossZone = 'load_balancing.cross_zone.enabled';

export const serviceActions: ActionKinds<ServiceAction> = {
  createTargetGroup: {
    words: action => t('Make target group {0} for TCP {1}', action.name, action.port),
    perform: ({ name, vpcId, port }, maker) =>
      maker.make({ kind: 'targetGroup', name }, async tags => {
        const input = { name, vpcId, port, protocol: 'TCP', targetType: 'instance', tags } as const;
        return (await maker.gateways.loadBalancers.createTargetGroup(input, maker.call)).arn;
      }),
  },
  registerTarget: {
    words: action => t('Register {0} as a target', action.instanceId),
    perform: ({ targetGroupArn, instanceId }, maker) =>
      maker.gateways.loadBalancers.registerTargets(targetGroupArn, [{ id: instanceId }], maker.call),
  },
  createLoadBalancer: {
    words: action => t('Make Network Load Balancer {0} in {1} subnets', action.name, action.subnetIds.length),
    perform: ({ name, subnetIds, securityGroupIds }, maker) =>
      maker.make({ kind: 'loadBalancer', name }, async tags => {
        const input = { name, scheme: 'internal', subnetIds, securityGroupIds, tags } as const;
        return (await maker.gateways.loadBalancers.createLoadBalancer(input, maker.call)).arn;
      }),
  },
  createListener: {
    words: action => t('Forward TCP {0} to the target group', action.port),
    perform: ({ loadBalancerArn, port, targetGroupArn }, maker) => {
      const input = { loadBalancerArn, protocol: 'TCP', port, targetGroupArn, tags: {} } as const;
      return maker.gateways.loadBalancers.createListener(input, maker.call);
    },
  },
  setCrossZone: {
    words: action =>
      action.isEnabled ? t('Switch cross-zone load balancing on') : t('Switch cross-zone load balancing off'),
    perform: ({ loadBalancerArn, isEnabled }, maker) =>
      maker.gateways.loadBalancers.setLoadBalancerAttributes(
        loadBalancerArn,
        { [crossZone]: String(isEnabled) },
        maker.call,
      ),
  },
  createEndpointService: {
    words: action => t('Make endpoint service {0} that asks before it lets anybody in', action.name),
    perform: ({ name, loadBalancerArn }, maker) =>
      maker.make({ kind: 'endpointService', name }, async (tags, clientToken) => {
        const offer = { networkLoadBalancerArns: [loadBalancerArn], isAcceptanceRequired: true };
        const input = { ...offer, tags, clientToken };
        return (await maker.gateways.endpointServices.createService(input, maker.call)).id;
      }),
  },
  allowPrincipal: {
    words: action => t('Allow {0} to find {1}', action.principal, action.serviceId),
    perform: ({ serviceId, principal }, maker) =>
      maker.change(serviceId, { kind: 'allowedPrincipal', serviceId, principal }, () =>
        maker.gateways.endpointServices.modifyAllowedPrincipals(serviceId, { add: [principal] }, maker.call),
      ),
  },
  acceptConnection: {
    words: action => t('Accept {0} into {1}', action.endpointId, action.serviceId),
    perform: async ({ serviceId, endpointId }, maker) => {
      const { endpointServices } = maker.gateways;
      const refused = await endpointServices.acceptConnections(serviceId, [endpointId], maker.call);
      for (const error of refused.values()) throw error;
    },
  },
};
