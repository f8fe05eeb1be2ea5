import { prose } from '../../core/prose';
import type { Lab } from '../lab';
import { launchStep, roleStep, wayInStep } from './accessSteps';
import { endpointStep, groupStep } from './endpointSteps';
import { labId } from './find';
import { captureStep, cleanUpStep, matchStep, nameStep } from './proofSteps';

/** Interface endpoint for EC2, proved by its packets. */
export const ifaceEc2: Lab = {
  id: labId,
  title: prose('An interface endpoint for EC2'),
  goal: prose(
    'A call to EC2 from an instance goes to the private address of an endpoint in the same VPC, and the packets prove it.',
  ),
  accounts: ['student'],
  reads: [
    'vpcs',
    'dnsAttributes',
    'dhcpOptions',
    'subnets',
    'routeTables',
    'prefixLists',
    'securityGroups',
    'networkAcls',
    'networkInterfaces',
    'endpoints',
    'instances',
  ],
  // Three zones at 0.01, and a t2.micro.
  hourlyPriceUsd: 0.04,
  steps: [roleStep, launchStep, wayInStep, groupStep, endpointStep, nameStep, captureStep, matchStep, cleanUpStep],
  breakages: [
    {
      id: 'private-dns-off',
      title: prose('The endpoint is created with private DNS off.'),
      alter: action => {
        if (action.operation === 'modifyPrivateDns') return [];
        return [action.operation === 'createInterfaceEndpoint' ? { ...action, privateDnsEnabled: false } : action];
      },
    },
    {
      id: 'no-443',
      title: prose('The endpoint’s security group does not admit TCP 443.'),
      alter: action => (action.operation === 'addSecurityGroupRule' ? [] : [action]),
    },
  ],
};
