import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import type { Lab } from '../lab';
import { beforeStep } from '../privateNetwork/beforeStep';
import { cleanUpStep } from '../privateNetwork/cleanUpStep';
import { privateNetworkParts } from '../privateNetwork/ground';
import { instanceStep } from '../privateNetwork/instanceStep';
import { endpointGroupStep, endpointStep } from '../privateNetwork/interfaceEndpointSteps';
import { subnetStep } from '../privateNetwork/subnetStep';
import { vpcStep } from '../privateNetwork/vpcStep';
import { wayInStep } from '../privateNetwork/wayInStep';
import { nameStep, urlStep } from './callSteps';
import { callLine, findCarrier, ground, subject } from './find';
import { mistakes } from './mistakes';
import { namesStep } from './namesStep';

/** Interface endpoint for EC2 in a private subnet, called by its own name. */
export const ifaceEc2Url: Lab = {
  id: 'iface-ec2-url',
  title: prose('An interface endpoint in a private subnet, and --endpoint-url'),
  goal: prose(
    'An instance without any way to the internet calls EC2 through an endpoint in its own subnet: by the endpoint’s name, and by the normal name as long as private DNS is on.',
  ),
  accounts: ['student'],
  reads: privateNetworkParts,
  // EC2's endpoint and Session Manager's two, in one zone.
  hourlyPriceUsd: 3 * hourlyPriceUsd.interfaceEndpointZone + (instanceHourlyPriceUsd['t2.micro'] ?? 0),
  steps: [
    vpcStep('3.1', ground),
    subnetStep('3.2.1', ground),
    instanceStep('3.2.2', ground, { action: 'ec2:DescribeInstances', policy: 'AmazonEC2ReadOnlyAccess' }),
    wayInStep('3.2.3', ground),
    beforeStep('3.3', { ground, service: 'ec2', commandLine: callLine, findEndpoint: findCarrier }),
    endpointStep('3.4', subject, {
      title: prose('Create the interface endpoint in the private subnet'),
      reason: prose(
        'An interface with a private address appears in the subnet. It is inside the VPC, so that no route table has to be changed.',
      ),
      hints: [
        prose('The service name ends in .ec2, and the type is interface.'),
        prose('Choose the private subnet only, a security group of its own, and leave private DNS on.'),
        prose('It takes a minute or two until the endpoint is available. Keep the policy at full access for now.'),
      ],
    }),
    endpointGroupStep('3.5', subject),
    namesStep,
    urlStep,
    nameStep,
    cleanUpStep('3.9'),
  ],
  breakages: mistakes,
};
