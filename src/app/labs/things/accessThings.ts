/** Instances, who they are, and how one gets in. */
import * as v from 'valibot';
import { instanceConnectEndpointId, instanceId } from '../../../core/ids';
import { need } from '../../../core/reading';
import { isLiving } from '../../../labs/labWorld';
import { t } from '../../../words/translation';
import { askNetwork, isMadeAs, takeAway } from './removal';
import { resourceKind, type ThingKind } from './thingKind';
import { text } from './thingText';

export const instanceRoleSchema = v.object({ kind: v.literal('instanceRole'), name: text });
export const instanceSchema = v.object({ kind: v.literal('instance'), name: text });
export const instanceConnectEndpointSchema = v.object({ kind: v.literal('instanceConnectEndpoint'), name: text });

export const instanceRoleKind: ThingKind<v.InferOutput<typeof instanceRoleSchema>> = {
  words: thing => t('role and instance profile {0}', thing.name),
  remove: ({ name }, _resourceId, removal) =>
    takeAway(removal, () => removal.gateways.roles.deleteInstanceRole(name, removal)),
};

export const instanceKind = resourceKind<v.InferOutput<typeof instanceSchema>>({
  words: name => t('instance {0}', name),
  find: ({ name }, removal) =>
    askNetwork(
      removal,
      ['instances'],
      ({ instances }) => need(instances).find(each => isLiving(each) && isMadeAs(removal, name)(each))?.id,
    ),
  remove: (id, removal) =>
    takeAway(
      removal,
      () => removal.gateways.instances.terminateInstance(instanceId(id), removal),
      async () => {
        const instance = await removal.gateways.instances.findInstance(instanceId(id), removal);
        return !instance || instance.state === 'terminated';
      },
    ),
});

export const instanceConnectEndpointKind = resourceKind<v.InferOutput<typeof instanceConnectEndpointSchema>>({
  words: name => t('EC2 Instance Connect Endpoint {0}', name),
  find: async ({ name }, { gateways, signal, runId }) => {
    const endpoints = await gateways.instanceConnectEndpoints.listInstanceConnectEndpoints({ signal });
    return endpoints.find(isMadeAs({ runId }, name))?.id;
  },
  remove: (id, removal) => {
    const { instanceConnectEndpoints } = removal.gateways;
    return takeAway(
      removal,
      () => instanceConnectEndpoints.deleteInstanceConnectEndpoint(instanceConnectEndpointId(id), removal),
      async () => {
        const endpoints = await instanceConnectEndpoints.listInstanceConnectEndpoints(removal);
        return endpoints.every(each => each.id !== id || each.state === 'deleteComplete');
      },
    );
  },
});
