/**
 * What can go wrong, as a code with parameters; `words` makes the sentence (what we were doing, what went wrong, what to try).
 * `cloudCode` keeps the service's own code and `requestId` its request, for the log and for people who know them.
 */
export type ErrorCode =
  // signing in and reaching the cloud
  | 'accessDenied'
  | 'workspaceNotTrusted'
  | 'profileMissing'
  | 'credentialsMissing'
  | 'credentialProcessFailed'
  | 'mfaCodeNeeded'
  | 'mfaCodeRefused'
  | 'signInFailed'
  | 'awsCliMissing'
  | 'credentialsExpired'
  | 'credentialsRefused'
  | 'cloudUnreachable'
  | 'proxyRefused'
  | 'notAnAwsEndpoint'
  | 'throttled'
  | 'requestRefused'
  | 'rehearsalPassed'
  | 'rehearsalNotOffered'
  | 'scopeReadOnly'
  | 'answerLost'
  // endpoints
  | 'privateDnsNeedsVpcAttributes'
  | 'privateDnsConflict'
  | 'duplicateSubnetsInSameZone'
  | 'zoneNotSupported'
  | 'serviceNotFound'
  | 'endpointNotFound'
  | 'endpointFailed'
  | 'endpointNotDeleted'
  | 'endpointNotReady'
  | 'endpointKindMismatch'
  | 'privateDnsNotOffered'
  | 'privateDnsNotVerified'
  | 'privateDnsNeedsGatewayEndpoint'
  | 'dnsOptionNotForGateways'
  | 'routeToServiceExists'
  | 'policyInvalid'
  | 'subnetFull'
  | 'limitExceeded'
  | 'dependencyViolation'
  | 'resourceNotFound'
  // endpoint services and load balancers
  | 'serviceHasConnections'
  | 'connectionNotWaiting'
  | 'principalRefused'
  | 'loadBalancerTaken'
  | 'loadBalancerNotActive'
  | 'loadBalancerFailed'
  | 'waitedInVain'
  | 'loadBalancerInUse'
  | 'targetGroupInUse'
  | 'nameTaken'
  // peering and the building blocks of a network
  | 'peeringFailed'
  | 'peeringExists'
  | 'peeringOverlap'
  | 'peeringWithItself'
  | 'peeringNotAnswerable'
  | 'peeringDnsNeedsVpcAttributes'
  | 'routeExists'
  | 'cidrTaken'
  | 'cidrInvalid'
  | 'natGatewayFailed'
  | 'notSettled'
  // sessions and captures
  | 'targetNotConnected'
  | 'sessionEnded'
  | 'sessionTimedOut'
  | 'channelFailed'
  | 'tunnelUnanswered'
  | 'tunnelBlocked'
  | 'tunnelNotReady'
  | 'tunnelsTaken'
  | 'loginRefused'
  | 'awsCliUnfit'
  | 'filterInvalid'
  | 'interfaceNameInvalid'
  | 'captureToolMissing'
  | 'captureNotPermitted'
  | 'captureInterfaceMissing'
  | 'captureFailed'
  | 'repositoryUnreachable'
  | 'installFailed'
  | 'captureFileUnknown'
  | 'captureLinkUnknown'
  | 'captureFileTooLarge'
  | 'captureFormUnavailable'
  | 'noCaptureOpen'
  // practice cloud, files, labs
  | 'practiceFailed'
  | 'fileUnreadable'
  | 'stepNotDone'
  | 'notMadeByLab'
  | 'ledgerUnknown'
  | 'internal';

/** The only error that ports and operations reject with on purpose. `cause` is what it was made from, for the log. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: ErrorCode;
  readonly parameters: Readonly<Record<string, string>>;
  readonly cloudCode: string | undefined;
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode,
    parameters: Readonly<Record<string, string>> = {},
    origin: { readonly cause?: unknown; readonly cloudCode?: string; readonly requestId?: string } = {},
  ) {
    super(`${code} ${JSON.stringify(parameters)}`, { cause: origin.cause });
    this.code = code;
    this.parameters = parameters;
    this.cloudCode = origin.cloudCode;
    this.requestId = origin.requestId;
  }
}
