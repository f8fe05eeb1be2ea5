import type { PresentedSignature } from './authorizationHeader';
import { readQuery } from './rest/restQuery';
import { ServiceFault } from './serviceFault';

/** A signature in the query instead of the headers, good for a time of its own ("Authenticating Requests: Using Query Parameters"). */
export interface PresignedSignature extends PresentedSignature {
  /** `20240228T113533Z` */
  readonly dateText: string;
  readonly expiresInSeconds: number;
  readonly sessionToken: string | undefined;
}

const longestSeconds = 7 * 24 * 3600;
const credentialForm = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;

/** Parameters that belong to the signature and are not signed as a part of the request. */
export const signatureParameters: readonly string[] = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
];

/** Undefined for a query without signature; throws a ServiceFault for one that is not whole. */
export function parsePresigned(query: string): PresignedSignature | undefined {
  const values = readQuery(query);
  const algorithm = values.get('X-Amz-Algorithm');
  if (algorithm === undefined && !values.has('X-Amz-Signature')) return undefined;
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"');
  for (const name of signatureParameters.slice(0, -1))
    if (!values.get(name))
      throw malformed(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
  const credential = credentialForm.exec(values.get('X-Amz-Credential') ?? '');
  if (!credential)
    throw malformed(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  const [, accessKeyId = '', date = '', region = '', service = ''] = credential;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: (values.get('X-Amz-SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: values.get('X-Amz-Signature') ?? '',
    dateText: values.get('X-Amz-Date') ?? '',
    expiresInSeconds: checkedSeconds(values.get('X-Amz-Expires') ?? ''),
    sessionToken: values.get('X-Amz-Security-Token'),
  };
}

function checkedSeconds(text: string): number {
  if (!/^-?\d+$/.test(text)) throw malformed('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (seconds > longestSeconds)
    throw malformed(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  return seconds;
}

function malformed(message: string): ServiceFault {
  return new ServiceFault('AuthorizationQueryParametersError', message);
}
