import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { prose } from '../../core/prose';
import type { Lab } from '../lab';
import { beforeStep } from '../privateNetwork/beforeStep';
import { cleanUpStep } from '../privateNetwork/cleanUpStep';
import { privateNetworkParts } from '../privateNetwork/ground';
import { instanceStep } from '../privateNetwork/instanceStep';
import { subnetStep } from '../privateNetwork/subnetStep';
import { wayInStep } from '../privateNetwork/wayInStep';
import { afterStep, listBucketsLine } from './afterStep';
import { endpointStep, routeStep } from './endpointSteps';
import { findEndpoint, ground } from './find';
import { mistakes } from './mistakes';

/** Gateway endpoint for S3, from a private subnet. */
export const gwS3: Lab = {
  id: 'gw-s3',
  title: prose('A gateway endpoint for S3'),
  goal: prose(
    'An instance without any way to the internet reads S3, because its route table gained a route to a gateway endpoint.',
  ),
  accounts: ['student'],
  reads: privateNetworkParts,
  // The gateway endpoint is free; Session Manager's two are not.
  hourlyPriceUsd: 2 * hourlyPriceUsd.interfaceEndpointZone + (instanceHourlyPriceUsd['t2.micro'] ?? 0),
  steps: [
    subnetStep('2.1', ground),
    instanceStep('2.2', ground, { action: 's3:ListAllMyBuckets', policy: 'AmazonS3ReadOnlyAccess' }),
    wayInStep('2.3', ground),
    beforeStep('2.4', { ground, service: 's3', commandLine: listBucketsLine, findEndpoint }),
    endpointStep,
    routeStep,
    afterStep,
    cleanUpStep('2.9'),
  ],
  breakages: mistakes,
};
