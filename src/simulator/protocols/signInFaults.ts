import { ServiceFault } from './serviceFault';
import type { Protocol } from './serviceModels';

/** How services of one protocol refuse callers ("Error codes for the Amazon EC2 API"; IAM, STS and Systems Manager "Common Errors"). */
export interface SignInFaults {
  unknownKey(): ServiceFault;
  /** For temporary keys without the token that belongs to them, or with another one. */
  wrongToken(): ServiceFault;
  mismatch(): ServiceFault;
  expired(nowText: string): ServiceFault;
  expiredToken(): ServiceFault;
  wrongScope(message: string): ServiceFault;
  denied(message: string): ServiceFault;
}

const invalidToken = 'The security token included in the request is invalid.';
const expiredTokenText = 'The security token included in the request is expired';
const mismatchText =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const expiredText = (now: string) =>
  `Signature expired or not yet current: the time of the request differs from ${now} by more than 15 min.`;

const authFailure = (message = 'AWS was not able to validate the provided access credentials') =>
  new ServiceFault('AuthFailure', message, 401);

const ec2Query: SignInFaults = {
  unknownKey: () => authFailure(),
  wrongToken: () => authFailure(),
  mismatch: () => authFailure(),
  expired: () => new ServiceFault('RequestExpired', 'Request has expired.'),
  expiredToken: () => new ServiceFault('RequestExpired', 'Request has expired.'),
  wrongScope: message => authFailure(message),
  denied: message =>
    new ServiceFault('UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`, 403),
};

const awsQuery: SignInFaults = {
  unknownKey: () => new ServiceFault('InvalidClientTokenId', invalidToken, 403),
  wrongToken: () => new ServiceFault('InvalidClientTokenId', invalidToken, 403),
  mismatch: () => new ServiceFault('SignatureDoesNotMatch', mismatchText, 403),
  expired: now => new ServiceFault('SignatureDoesNotMatch', expiredText(now), 403),
  expiredToken: () => new ServiceFault('ExpiredToken', expiredTokenText, 403),
  wrongScope: message => new ServiceFault('SignatureDoesNotMatch', message, 403),
  denied: message => new ServiceFault('AccessDenied', message, 403),
};

const awsJson1_1: SignInFaults = {
  unknownKey: () => new ServiceFault('UnrecognizedClientException', invalidToken),
  wrongToken: () => new ServiceFault('UnrecognizedClientException', invalidToken),
  mismatch: () => new ServiceFault('InvalidSignatureException', mismatchText),
  expired: now => new ServiceFault('InvalidSignatureException', expiredText(now)),
  expiredToken: () => new ServiceFault('ExpiredTokenException', expiredTokenText),
  wrongScope: message => new ServiceFault('InvalidSignatureException', message),
  denied: message => new ServiceFault('AccessDeniedException', message),
};

/** "Amazon S3 API Reference: Error responses". */
const restXml: SignInFaults = {
  unknownKey: () =>
    new ServiceFault('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403),
  wrongToken: () => new ServiceFault('InvalidToken', 'The provided token is malformed or otherwise invalid.'),
  mismatch: () =>
    new ServiceFault(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    ),
  expired: now =>
    new ServiceFault(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
      { ServerTime: now, MaxAllowedSkewMilliseconds: 900_000 },
    ),
  expiredToken: () => new ServiceFault('ExpiredToken', 'The provided token has expired.'),
  wrongScope: message => new ServiceFault('AuthorizationHeaderMalformed', message),
  denied: message => new ServiceFault('AccessDenied', message, 403),
};

export const signInFaults: Readonly<Record<Protocol, SignInFaults>> = { ec2Query, awsQuery, awsJson1_1, restXml };

export function missingToken(protocol: Protocol): ServiceFault {
  if (protocol === 'restXml') return restXml.denied('Access Denied');
  const [code, status] =
    protocol === 'awsJson1_1'
      ? (['MissingAuthenticationTokenException', 400] as const)
      : (['MissingAuthenticationToken', 403] as const);
  return new ServiceFault(code, 'Request is missing Authentication Token', status);
}
