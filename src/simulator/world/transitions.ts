import { commandTransitions } from './commandLife';
import { endpointConnectionTransitions } from './endpointConnections';
import { endpointTransitions } from './endpointLife';
import { endpointServiceTransitions } from './endpointServiceLife';
import { guestTransitions } from './guestEffects';
import { instanceConnectTransitions } from './instanceConnectLife';
import { instanceTransitions } from './instanceLife';
import { kmsTransitions } from './kmsKeyLife';
import { loadBalancerTransitions } from './loadBalancerLife';
import { natGatewayTransitions } from './natGatewayLife';
import { peeringTransitions } from './peeringLife';
import { managedNodeTransitions } from './sessionRegistration';
import { probeTransitions } from './targetHealth';
import { targetTransitions } from './targetRegistration';
import { zoneTransitions } from './withdrawnZones';
import type { TransitionTable } from './world';

/** Everything that time brings about in the world. */
export const worldTransitions: TransitionTable = {
  placeOpened: (world, { place }) => {
    world.region(place);
  },
  ...commandTransitions,
  ...endpointConnectionTransitions,
  ...endpointServiceTransitions,
  ...endpointTransitions,
  ...instanceConnectTransitions,
  ...guestTransitions,
  ...instanceTransitions,
  ...kmsTransitions,
  ...loadBalancerTransitions,
  ...managedNodeTransitions,
  ...zoneTransitions,
  ...natGatewayTransitions,
  ...probeTransitions,
  ...targetTransitions,
  ...peeringTransitions,
};
