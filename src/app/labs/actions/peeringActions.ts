import type { PeeringAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';

export const peeringActions: ActionKinds<PeeringAction> = {
  createPeeringConnection: {
    words: action => t('Ask for peering of {0} with {1}', action.vpcId, action.peerVpcId),
    perform: ({ operation: _, name, ...input }, maker) =>
      maker.make({ kind: 'peeringConnection', name }, async tags => {
        const { id } = await maker.gateways.peering.createPeeringConnection({ ...input, tags }, maker.call);
        return id;
      }),
  },
  acceptPeeringConnection: {
    words: action => t('Accept peering {0}', action.peeringConnectionId),
    perform: ({ peeringConnectionId }, maker) =>
      maker.gateways.peering.acceptPeeringConnection(peeringConnectionId, maker.call),
  },
};
