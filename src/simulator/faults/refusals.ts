import { ServiceFault } from '../protocols/serviceFault';
import type { ServiceModel } from '../protocols/serviceModels';

/** How a service refuses a caller that asks too often ("Error codes for the Amazon EC2 API"; "Common Errors" of each other service). */
export function throttled({ name, protocol }: ServiceModel): ServiceFault {
  if (name === 's3') return new ServiceFault('SlowDown', 'Please reduce your request rate.', 503);
  switch (protocol) {
    case 'ec2Query':
      return new ServiceFault('RequestLimitExceeded', 'Request limit exceeded.', 503);
    case 'awsJson1_1':
      return new ServiceFault('ThrottlingException', 'Rate exceeded');
    default:
      return new ServiceFault('Throttling', 'Rate exceeded');
  }
}

/** A failure of the service's own, which clients try again. */
export function failed({ protocol }: ServiceModel): ServiceFault {
  if (protocol === 'awsJson1_1')
    return new ServiceFault('InternalServerError', 'An error occurred on the server side.', 500);
  if (protocol === 'awsQuery') return new ServiceFault('InternalFailure', 'An internal failure has occurred.', 500);
  return new ServiceFault('InternalError', 'An internal error has occurred', 500);
}
