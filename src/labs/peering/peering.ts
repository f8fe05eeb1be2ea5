import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import { labInstanceType } from '../instanceParts';
import type { Lab } from '../lab';
import { breakages } from './breakages';
import { cleanUpStep } from './cleanUpStep';
import { acceptStep, requestStep, vpcsStep } from './connectionSteps';
import { labId } from './find';
import { groupsStep, instancesStep } from './instanceSteps';
import { pingStep } from './pingStep';
import { routeFromAStep, routeFromBStep } from './routeSteps';

const instances = 2;

/** Two VPCs that reach each other by private addresses. */
export const peering: Lab = {
  id: labId,
  title: prose('Peer two VPCs'),
  goal: prose(
    'Two instances in different VPCs ping each other by their private addresses, and the packets show it on both sides.',
  ),
  accounts: ['student'],
  reads: [
    'vpcs',
    'subnets',
    'routeTables',
    'prefixLists',
    'internetGateways',
    'securityGroups',
    'networkInterfaces',
    'endpoints',
    'instances',
    'peeringConnections',
  ],
  // The peering itself costs nothing; bytes between zones do.
  hourlyPriceUsd: instances * ((instanceHourlyPriceUsd[labInstanceType] ?? 0) + hourlyPriceUsd.publicAddress),
  steps: [
    vpcsStep,
    requestStep,
    acceptStep,
    routeFromAStep,
    routeFromBStep,
    instancesStep,
    groupsStep,
    pingStep,
    cleanUpStep,
  ],
  breakages,
};
