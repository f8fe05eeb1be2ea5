import type { WireRequest } from '../../../core/ports/wire';
import { ServiceFault } from '../serviceFault';
import { readS3Address } from './s3Address';

/** The region whose endpoint a request was sent to; on loopback that of the signature. Throws a ServiceFault for a signature of another region. */
export function endpointRegion(request: WireRequest, signedRegion: string): string {
  const { region = signedRegion } = readS3Address(request);
  if (region === signedRegion) return region;
  throw wrongRegion(signedRegion, region);
}

/** How S3 tells a client the region to sign for. */
export function wrongRegion(given: string, expected: string): ServiceFault {
  return new ServiceFault(
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${given}' is wrong; expecting '${expected}'`,
    400,
    { Region: expected },
    { 'x-amz-bucket-region': expected },
  );
}
