import { endpointTransitions } from './endpointLife';
import { instanceTransitions } from './instanceLife';
import { natGatewayTransitions } from './natGatewayLife';
import { managedNodeTransitions } from './sessionRegistration';
import type { TransitionTable } from './world';

/** Everything that time brings about in the world. */
export const worldTransitions: TransitionTable = {
  placeOpened: (world, { place }) => {
    world.region(place);
  },
  ...endpointTransitions,
  ...instanceTransitions,
  ...managedNodeTransitions,
  ...natGatewayTransitions,
};
