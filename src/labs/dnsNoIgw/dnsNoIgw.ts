import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import { labInstanceType } from '../instanceParts';
import type { Lab } from '../lab';
import { cleanUpStep } from '../privateNetwork/cleanUpStep';
import { aliveStep, callStep, nameAfterStep, nameBeforeStep, urlStep } from './callSteps';
import { endpointsStep, removeStep } from './endpointSteps';
import { labId, services } from './find';
import { dhcpStep, gatewayStep, instanceStep, networkStep, resolverStep } from './groundSteps';

/** How names change with an endpoint, and what still works without an internet gateway. */
export const dnsNoIgw: Lab = {
  id: labId,
  title: prose('DNS answers, and life without the internet gateway'),
  goal: prose(
    'The same name leads outside before there is an endpoint and inside afterwards; then the internet gateway goes, and the instance goes on working.',
  ),
  accounts: ['student'],
  reads: [
    'vpcs',
    'dnsAttributes',
    'dhcpOptions',
    'subnets',
    'routeTables',
    'prefixLists',
    'internetGateways',
    'securityGroups',
    'networkInterfaces',
    'endpoints',
    'instances',
  ],
  hourlyPriceUsd:
    services.length * hourlyPriceUsd.interfaceEndpointZone +
    (instanceHourlyPriceUsd[labInstanceType] ?? 0) +
    hourlyPriceUsd.publicAddress,
  steps: [
    networkStep,
    dhcpStep,
    gatewayStep,
    instanceStep,
    resolverStep,
    callStep,
    urlStep,
    nameBeforeStep,
    endpointsStep,
    nameAfterStep,
    removeStep,
    aliveStep,
    cleanUpStep('7.13'),
  ],
  breakages: [
    {
      id: 'host-names-off',
      title: prose('The VPC’s DNS host names stay off.'),
      alter: action => (action.operation === 'setVpcDnsAttribute' ? [] : [action]),
    },
    {
      id: 'ssmmessages-missing',
      title: prose('There is no endpoint for ssmmessages.'),
      alter: action =>
        action.operation === 'createInterfaceEndpoint' && action.serviceName.endsWith('.ssmmessages') ? [] : [action],
    },
    {
      id: 'no-443',
      title: prose('The endpoints’ security group admits TCP 80 instead of 443.'),
      alter: action =>
        action.operation === 'addSecurityGroupRule'
          ? [{ ...action, rule: { ...action.rule, fromPort: 80, toPort: 80 } }]
          : [action],
    },
  ],
};
