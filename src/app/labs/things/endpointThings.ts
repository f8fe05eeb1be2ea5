/** Endpoints, and peering. */
import * as v from 'valibot';
import { peeringConnectionId, routeTableId, vpcEndpointId } from '../../../core/ids';
import { need } from '../../../core/reading';
import { t } from '../../../words/translation';
import { askNetwork, isMadeAs, type Removal, takeAway } from './removal';
import { resourceKind, type ThingKind } from './thingKind';
import { text } from './thingText';

export const vpcEndpointSchema = v.object({
  kind: v.literal('vpcEndpoint'),
  name: text,
  vpcId: text,
  serviceName: text,
});
export const privateDnsSchema = v.object({ kind: v.literal('privateDns'), endpointId: text, previous: v.boolean() });
/** A table that an endpoint, not made by the run, was given. */
export const endpointRouteTableSchema = v.object({
  kind: v.literal('endpointRouteTable'),
  endpointId: text,
  routeTableId: text,
});
export const peeringConnectionSchema = v.object({ kind: v.literal('peeringConnection'), name: text });

export const vpcEndpointKind = resourceKind<v.InferOutput<typeof vpcEndpointSchema>>({
  words: name => t('endpoint {0}', name),
  find: ({ name }, removal) =>
    askNetwork(removal, ['endpoints'], ({ endpoints }) => need(endpoints).find(isMadeAs(removal, name))?.id),
  remove: (id, removal) =>
    takeAway(
      removal,
      () => removal.gateways.endpoints.deleteEndpoint(vpcEndpointId(id), removal),
      () => isEndpointGone(id, removal),
    ),
});

/** Its interfaces leave later than the endpoint, and hold on to security groups and subnets. */
async function isEndpointGone(id: string, removal: Removal): Promise<boolean> {
  const endpoint = await removal.gateways.endpoints.findEndpoint(vpcEndpointId(id), removal);
  if (endpoint && endpoint.state !== 'deleted') return false;
  return askNetwork(removal, ['networkInterfaces'], snapshot =>
    need(snapshot.networkInterfaces).every(({ description }) => !description.includes(id)),
  );
}

export const privateDnsKind: ThingKind<v.InferOutput<typeof privateDnsSchema>> = {
  words: thing => t('private DNS of {0}, as it was', thing.endpointId),
  remove: ({ endpointId, previous }, _resourceId, removal) =>
    takeAway(removal, () => removal.gateways.endpoints.modifyPrivateDns(vpcEndpointId(endpointId), previous, removal)),
};

export const endpointRouteTableKind: ThingKind<v.InferOutput<typeof endpointRouteTableSchema>> = {
  words: thing => t('route of {0} in {1}', thing.endpointId, thing.routeTableId),
  remove: (thing, _resourceId, removal) => {
    const change = { removeRouteTableIds: [routeTableId(thing.routeTableId)] };
    return takeAway(removal, () =>
      removal.gateways.endpoints.modifyEndpoint(vpcEndpointId(thing.endpointId), change, removal),
    );
  },
};

export const peeringConnectionKind = resourceKind<v.InferOutput<typeof peeringConnectionSchema>>({
  words: name => t('peering connection {0}', name),
  find: async ({ name }, removal) => {
    const connections = await removal.gateways.peering.listPeeringConnections(removal);
    return connections.find(({ requester }) => isMadeAs(removal, name)(requester))?.id;
  },
  remove: (id, removal) => {
    const { peering } = removal.gateways;
    return takeAway(
      removal,
      () => peering.deletePeeringConnection(peeringConnectionId(id), removal),
      async () => {
        const connection = await peering.findPeeringConnection(peeringConnectionId(id), removal);
        return !connection || ['deleted', 'rejected', 'expired', 'failed'].includes(connection.state);
      },
    );
  },
});
