import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import { labInstanceType } from '../instanceParts';
import type { Lab } from '../lab';
import { balancerStep, listenerStep, targetGroupStep } from './balancerSteps';
import { breakages } from './breakages';
import { availableStep, clientStep, endpointGroupStep, endpointStep } from './consumerSteps';
import { labId } from './find';
import { callerStep, cleanUpStep, useStep } from './proofSteps';
import { crossZoneStep, directStep, groupsStep, healthStep, neighbourStep } from './reachSteps';
import { launchServerStep, webServerStep } from './serverSteps';
import { acceptStep, lookAfterStep, lookBeforeStep, permissionStep, requestStep, serviceStep } from './serviceSteps';

const zones = 3;
/** Server, neighbour and client, each with a public address to be reached by. */
const instances = 3;

/** A service of one's own behind a balancer, used from another account. */
export const svcNginx: Lab = {
  id: labId,
  title: prose('An endpoint service of your own'),
  goal: prose(
    'nginx in one account, called from another one through PrivateLink: no internet, no peering, no route, and neither side sees the other’s addresses.',
  ),
  accounts: ['provider', 'consumer'],
  reads: [
    'vpcs',
    'subnets',
    'routeTables',
    'networkAcls',
    'prefixLists',
    'securityGroups',
    'networkInterfaces',
    'endpoints',
    'instances',
    'endpointServices',
    'loadBalancers',
  ],
  hourlyPriceUsd:
    hourlyPriceUsd.networkLoadBalancer +
    zones * hourlyPriceUsd.interfaceEndpointZone +
    instances * ((instanceHourlyPriceUsd[labInstanceType] ?? 0) + hourlyPriceUsd.publicAddress),
  steps: [
    launchServerStep,
    webServerStep,
    targetGroupStep,
    balancerStep,
    listenerStep,
    groupsStep,
    healthStep,
    crossZoneStep,
    neighbourStep,
    directStep,
    serviceStep,
    clientStep,
    lookBeforeStep,
    permissionStep,
    lookAfterStep,
    endpointGroupStep,
    endpointStep,
    requestStep,
    acceptStep,
    availableStep,
    useStep,
    callerStep,
    cleanUpStep,
  ],
  breakages,
};
