import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import type { Lab } from '../lab';
import { cleanUpStep } from '../privateNetwork/cleanUpStep';
import { privateNetworkParts } from '../privateNetwork/ground';
import { instanceStep } from '../privateNetwork/instanceStep';
import { endpointGroupStep, endpointStep } from '../privateNetwork/interfaceEndpointSteps';
import { subnetStep } from '../privateNetwork/subnetStep';
import { vpcStep } from '../privateNetwork/vpcStep';
import { wayInStep } from '../privateNetwork/wayInStep';
import { connectGroupsStep, connectStep, loginStep } from './connectSteps';
import { ground, subject } from './find';
import { mistakes } from './mistakes';
import { compareStep, namesStep, useStep } from './s3Steps';

/** Interface endpoint for S3; login through an EC2 Instance Connect Endpoint. */
export const ifaceS3Eic: Lab = {
  id: 'iface-s3-eic',
  title: prose('An interface endpoint for S3, and a login through EC2 Instance Connect'),
  goal: prose(
    'Without a public address or a jump host one logs in to a private instance, which reads S3 at a private address of its own subnet.',
  ),
  accounts: ['student'],
  reads: [...privateNetworkParts, 'instanceConnectEndpoints'],
  // S3's endpoint and Session Manager's two, in one zone; the Instance Connect endpoint is free.
  hourlyPriceUsd: 3 * hourlyPriceUsd.interfaceEndpointZone + (instanceHourlyPriceUsd['t2.micro'] ?? 0),
  steps: [
    vpcStep('5.1', ground),
    subnetStep('5.2.1', ground),
    instanceStep('5.2.2', ground, { action: 's3:ListAllMyBuckets', policy: 'AmazonS3ReadOnlyAccess' }),
    wayInStep('5.2.3', ground),
    connectStep,
    connectGroupsStep,
    loginStep,
    endpointStep('5.6', subject, {
      title: prose('Create the interface endpoint for S3'),
      reason: prose(
        'S3 has endpoints of both kinds. This one is an interface in a subnet, costs money by the hour, and can be reached from peered VPCs and from offices, which a gateway endpoint cannot.',
      ),
      hints: [
        prose('The service name ends in .s3; of the two lines choose the type interface.'),
        prose('Choose the private subnet and a security group of its own, and leave private DNS off.'),
        prose(
          'With private DNS AWS wants a gateway endpoint in the VPC first, unless you switch “only for inbound endpoints” off. An interface endpoint for the service of another VPC is another matter: that takes an endpoint service.',
        ),
      ],
    }),
    endpointGroupStep('5.7', subject),
    namesStep,
    useStep,
    compareStep,
    cleanUpStep('5.11'),
  ],
  breakages: mistakes,
};
