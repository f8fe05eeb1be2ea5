import { allocationId } from '../../../core/ids';
import type { InternetAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';
import { mustBeOwn } from './networkActions';

export const internetActions: ActionKinds<InternetAction> = {
  createInternetGateway: {
    words: action => t('Make internet gateway {0} and attach it to {1}', action.name, action.vpcId),
    perform: ({ name, vpcId }, maker) => {
      const { internetAccess } = maker.gateways;
      return maker.make({ kind: 'internetGateway', name }, async tags => {
        const { id } = await internetAccess.createInternetGateway(tags, maker.call);
        await internetAccess.attachInternetGateway(id, vpcId, maker.call);
        return id;
      });
    },
  },
  deleteInternetGateway: {
    words: action => t('Detach internet gateway {0} from {1} and delete it', action.internetGatewayId, action.vpcId),
    perform: async ({ internetGatewayId: id, vpcId }, maker) => {
      await mustBeOwn(id, maker);
      await maker.gateways.internetAccess.detachInternetGateway(id, vpcId, maker.call);
      await maker.gateways.internetAccess.deleteInternetGateway(id, maker.call);
      await maker.gone(id);
    },
  },
  createNatGateway: {
    words: action => t('Make NAT gateway {0} in {1}, with a public address', action.name, action.subnetId),
    perform: async ({ name, subnetId }, maker) => {
      const { internetAccess } = maker.gateways;
      const allocation = await maker.make({ kind: 'elasticAddress', name }, async tags => {
        const { id } = await internetAccess.allocateAddress(tags, maker.call);
        return id;
      });
      await maker.make({ kind: 'natGateway', name }, async (tags, clientToken) => {
        const input = { subnetId, allocationId: allocationId(allocation), tags, clientToken };
        return (await internetAccess.createNatGateway(input, maker.call)).id;
      });
    },
  },
};
