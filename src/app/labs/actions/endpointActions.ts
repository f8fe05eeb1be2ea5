import type { EndpointAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';

export const endpointActions: ActionKinds<EndpointAction> = {
  createInterfaceEndpoint: {
    words: ({ privateDnsEnabled, serviceName, subnetIds }) =>
      privateDnsEnabled
        ? t('Create an endpoint for {0} in {1} subnets with private DNS', serviceName, subnetIds.length)
        : t('Create an endpoint for {0} in {1} subnets without private DNS', serviceName, subnetIds.length),
    perform: ({ operation: _, name, ...input }, maker) => {
      const { vpcId, serviceName } = input;
      return maker.make({ kind: 'vpcEndpoint', name, vpcId, serviceName }, async (tags, clientToken) => {
        const wanted = { ...input, tags, clientToken };
        return (await maker.gateways.endpoints.createInterfaceEndpoint(wanted, maker.call)).id;
      });
    },
  },
  createGatewayEndpoint: {
    words: ({ serviceName, routeTableIds }) =>
      t('Create a gateway endpoint for {0} in {1}', serviceName, routeTableIds.join(', ')),
    perform: ({ operation: _, name, ...input }, maker) => {
      const { vpcId, serviceName } = input;
      return maker.make({ kind: 'vpcEndpoint', name, vpcId, serviceName }, async (tags, clientToken) => {
        const wanted = { ...input, tags, clientToken };
        return (await maker.gateways.endpoints.createGatewayEndpoint(wanted, maker.call)).id;
      });
    },
  },
  addEndpointRouteTable: {
    words: action => t('Let {0} write its route into {1}', action.endpointId, action.routeTableId),
    perform: ({ endpointId, routeTableId }, maker) =>
      maker.change(endpointId, { kind: 'endpointRouteTable', endpointId, routeTableId }, () =>
        maker.gateways.endpoints.modifyEndpoint(endpointId, { addRouteTableIds: [routeTableId] }, maker.call),
      ),
  },
  modifyPrivateDns: {
    words: action =>
      action.isEnabled
        ? t('Switch private DNS of {0} on', action.endpointId)
        : t('Switch private DNS of {0} off', action.endpointId),
    perform: ({ endpointId, isEnabled }, maker) =>
      maker.change(endpointId, { kind: 'privateDns', endpointId, previous: !isEnabled }, () =>
        maker.gateways.endpoints.modifyPrivateDns(endpointId, isEnabled, maker.call),
      ),
  },
};
