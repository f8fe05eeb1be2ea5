import type { AccessAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';
import { mustBeOwn } from './networkActions';

export const accessActions: ActionKinds<AccessAction> = {
  createInstanceRole: {
    words: action => {
      const policies = action.policyArns.map(arn => arn.split('/').at(-1)).join(', ');
      return t('Make role and instance profile {0} with {1}', action.name, policies);
    },
    perform: ({ name, policyArns, trustedService }, maker) =>
      maker.make({ kind: 'instanceRole', name }, async tags => {
        const input = { name, policyArns, trustedService, tags };
        return (await maker.gateways.roles.createInstanceRole(input, maker.call)).roleName;
      }),
  },
  launchInstance: {
    words: ({ instanceType, subnetId, instanceProfileName }) =>
      instanceProfileName === undefined
        ? t('Launch a {0} in {1} without a role', instanceType, subnetId)
        : t('Launch a {0} in {1} with profile {2}', instanceType, subnetId, instanceProfileName),
    perform: ({ operation: _, name, ...input }, maker) =>
      maker.make({ kind: 'instance', name }, async (tags, clientToken) => {
        const { id } = await maker.gateways.instances.launchInstance({ ...input, tags, clientToken }, maker.call);
        return id;
      }),
  },
  stopInstance: {
    words: action => t('Stop {0}, which gives its public address back', action.instanceId),
    perform: async ({ instanceId }, maker) => {
      await mustBeOwn(instanceId, maker);
      await maker.gateways.instances.stopInstance(instanceId, maker.call);
    },
  },
  startInstance: {
    words: action => t('Start {0}', action.instanceId),
    perform: async ({ instanceId }, maker) => {
      await mustBeOwn(instanceId, maker);
      await maker.gateways.instances.startInstance(instanceId, maker.call);
    },
  },
  createInstanceConnectEndpoint: {
    words: action => t('Make EC2 Instance Connect Endpoint {0} in {1}', action.name, action.subnetId),
    perform: ({ operation: _, name, ...input }, maker) =>
      maker.make({ kind: 'instanceConnectEndpoint', name }, async (tags, clientToken) => {
        const { instanceConnectEndpoints } = maker.gateways;
        const wanted = { ...input, tags, clientToken };
        return (await instanceConnectEndpoints.createInstanceConnectEndpoint(wanted, maker.call)).id;
      }),
  },
};
