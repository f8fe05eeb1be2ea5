import type { ErrorCode } from '../../core/errors';

/** What would help; whether it can be had depends on the error's parameters and on what is known of its scope. */
export type Wish =
  | 'signIn'
  | 'repeat'
  | 'refresh'
  | 'copyIamPolicy'
  | 'installTcpdump'
  | 'openShell'
  | 'copySudoRule'
  | 'repeatOnAny'
  | 'openWayToRepository'
  | 'wakeInstance'
  | 'installAwsCli'
  | 'showQuotas'
  | 'changeDnsAttributes'
  | 'createGatewayEndpoint'
  | 'allowChanges'
  | 'openAwsConfig'
  | 'openProxySettings'
  | 'manageTrust'
  | 'startPractice'
  | 'revealEndpoint'
  | 'revealService'
  | 'revealPeering'
  | 'revealInstance'
  | 'revealRivalName'
  | 'revealRivalRoute'
  | 'revealServiceOfBalancer'
  | 'revealDependent'
  | 'showLog';

/** For each error the one thing that helps best. `showLog` is for those that no button can help. */
export const remedyTable: Readonly<Record<ErrorCode, Wish>> = {
  // signing in and reaching the cloud
  accessDenied: 'copyIamPolicy',
  workspaceNotTrusted: 'manageTrust',
  profileMissing: 'openAwsConfig',
  credentialsMissing: 'signIn',
  credentialProcessFailed: 'signIn',
  mfaCodeNeeded: 'signIn',
  mfaCodeRefused: 'signIn',
  signInFailed: 'signIn',
  awsCliMissing: 'installAwsCli',
  credentialsExpired: 'signIn',
  credentialsRefused: 'signIn',
  cloudUnreachable: 'repeat',
  proxyRefused: 'openProxySettings',
  notAnAwsEndpoint: 'openAwsConfig',
  throttled: 'repeat',
  requestRefused: 'showLog',
  rehearsalPassed: 'showLog',
  rehearsalNotOffered: 'showLog',
  scopeReadOnly: 'allowChanges',
  answerLost: 'refresh',
  // endpoints
  privateDnsNeedsVpcAttributes: 'changeDnsAttributes',
  privateDnsConflict: 'revealRivalName',
  duplicateSubnetsInSameZone: 'repeat',
  zoneNotSupported: 'repeat',
  serviceNotFound: 'repeat',
  endpointNotFound: 'refresh',
  endpointFailed: 'revealEndpoint',
  endpointNotDeleted: 'repeat',
  endpointNotReady: 'revealEndpoint',
  endpointKindMismatch: 'repeat',
  privateDnsNotOffered: 'repeat',
  privateDnsNotVerified: 'repeat',
  privateDnsNeedsGatewayEndpoint: 'createGatewayEndpoint',
  dnsOptionNotForGateways: 'repeat',
  routeToServiceExists: 'revealRivalRoute',
  policyInvalid: 'repeat',
  subnetFull: 'repeat',
  limitExceeded: 'showQuotas',
  dependencyViolation: 'revealDependent',
  resourceNotFound: 'refresh',
  // endpoint services and load balancers
  serviceHasConnections: 'revealService',
  connectionNotWaiting: 'refresh',
  principalRefused: 'repeat',
  loadBalancerTaken: 'revealServiceOfBalancer',
  loadBalancerNotActive: 'repeat',
  loadBalancerFailed: 'refresh',
  waitedInVain: 'refresh',
  loadBalancerInUse: 'revealServiceOfBalancer',
  targetGroupInUse: 'revealServiceOfBalancer',
  nameTaken: 'repeat',
  // peering and the building blocks of a network
  peeringFailed: 'revealPeering',
  peeringExists: 'revealPeering',
  peeringOverlap: 'repeat',
  peeringWithItself: 'repeat',
  peeringNotAnswerable: 'revealPeering',
  peeringDnsNeedsVpcAttributes: 'changeDnsAttributes',
  routeExists: 'repeat',
  cidrTaken: 'repeat',
  cidrInvalid: 'repeat',
  natGatewayFailed: 'repeat',
  notSettled: 'refresh',
  // sessions and captures
  targetNotConnected: 'wakeInstance',
  sessionEnded: 'repeat',
  sessionTimedOut: 'repeat',
  channelFailed: 'repeat',
  tunnelUnanswered: 'revealInstance',
  tunnelBlocked: 'revealInstance',
  tunnelNotReady: 'revealEndpoint',
  tunnelsTaken: 'repeat',
  loginRefused: 'revealInstance',
  awsCliUnfit: 'installAwsCli',
  filterInvalid: 'repeat',
  interfaceNameInvalid: 'repeat',
  captureToolMissing: 'installTcpdump',
  captureNotPermitted: 'copySudoRule',
  captureInterfaceMissing: 'repeatOnAny',
  repositoryUnreachable: 'openWayToRepository',
  installFailed: 'openShell',
  captureFailed: 'showLog',
  captureFileUnknown: 'repeat',
  captureLinkUnknown: 'repeat',
  captureFileTooLarge: 'repeat',
  captureFormUnavailable: 'repeat',
  noCaptureOpen: 'repeat',
  // practice cloud, files, labs
  practiceFailed: 'startPractice',
  fileUnreadable: 'showLog',
  stepNotDone: 'showLog',
  notMadeByLab: 'showLog',
  ledgerUnknown: 'showLog',
  internal: 'showLog',
};
