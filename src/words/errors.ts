import { type ErrorCode, LabError } from '../core/errors';
import { limitWords } from './limits';
import { networkErrors } from './networkErrors';
import { t } from './translation';

export interface ErrorWords {
  /** What we were doing and what went wrong. */
  readonly sentence: string;
  /** What to try; empty when there is nothing sensible. */
  readonly hint: string;
  /** For the log: code, API, request id and the chain of causes. Never parameters that could hold a secret. */
  readonly log: string;
}

/** Says an error. Whatever is no `LabError` is a fault of this program and says so. */
export function describeError(error: unknown): ErrorWords {
  if (!(error instanceof LabError)) {
    return { ...internalWords(messageOf(error)), log: chain(error) };
  }
  const said = (name: string, otherwise = '') => error.parameters[name] || otherwise;
  const [sentence, hint] = errorTable[error.code](said);
  return { sentence, hint, log: logLine(error) };
}

/** What went wrong and what to try, in one line. */
export function errorLine(error: unknown): string {
  const { sentence, hint } = describeError(error);
  return [sentence, hint].filter(Boolean).join(' ');
}

type Said = (name: string, otherwise?: string) => string;
type Words = readonly [sentence: string, hint: string];
type Table = Partial<Record<ErrorCode, (said: Said) => Words>>;

const internalWords = (detail: string) => ({
  sentence: t('Something went wrong inside VPC Endpoint Labs: {0}', detail),
  hint: t('The log has the details; please report it.'),
});

/** What we were doing, when the error knows: `ec2:CreateVpcEndpoint`. */
const during = (said: Said) => said('action') || t('the request');

/** Signing in and reaching the cloud. */
const signInErrors = {
  accessDenied: said => [
    t('You are not allowed to do {0}.', during(said)),
    t('Ask for this right, or sign in as somebody who has it. The network is not to blame: AWS answered.'),
  ],
  workspaceNotTrusted: said => [
    t('{0} waits: this workspace is in Restricted Mode.', said('scope') || t('The scope')),
    t('Trust the workspace to use real accounts; the practice cloud works as usual.'),
  ],
  profileMissing: said => [
    t('Profile {0} is not on this machine.', said('profile')),
    said('neededBy')
      ? t('Profile {0} takes its role from it. Add it to the AWS configuration.', said('neededBy'))
      : t('Add it to the AWS configuration, or remove the scope.'),
  ],
  credentialsMissing: said => [
    t('There are no credentials for {0}.', said('profile') || t('this scope')),
    said('detail') || t('Sign in with the AWS CLI, or choose another profile.'),
  ],
  credentialProcessFailed: said => [
    t('The credential_process of profile {0} gave no credentials.', said('profile')),
    t('Run it in a terminal to see why.'),
  ],
  mfaCodeNeeded: said => [
    t('Profile {0} asks for a code of its MFA device.', said('profile')),
    t('Sign in again to give it.'),
  ],
  mfaCodeRefused: said => [
    t('AWS did not accept the MFA code of profile {0}.', said('profile')),
    t('Each code counts once: wait for the next one and sign in again.'),
  ],
  signInFailed: said => [t('Profile {0} was not signed in.', said('profile')), said('detail') || t('Sign in again.')],
  awsCliMissing: said => [
    t('Profile {0} signs in with the AWS CLI, which is not on this machine.', said('profile')),
    t('Install the AWS CLI, version 2, then sign in again.'),
  ],
  credentialsExpired: said => [
    said('profile')
      ? t('The sign-in of profile {0} has expired.', said('profile'))
      : t('The credentials have expired ({0}).', during(said)),
    t('Sign in again, then repeat it.'),
  ],
  credentialsRefused: said => [
    t('The cloud did not accept the credentials ({0}).', during(said)),
    t('Check the access key and secret of the profile, and the clock of this computer.'),
  ],
  cloudUnreachable: said => [
    said('host', said('reason'))
      ? t('The cloud cannot be reached ({0}).', said('host', said('reason')))
      : t('The cloud cannot be reached.'),
    t('Check the network and the endpoint URL of the scope.'),
  ],
  proxyRefused: said => [
    t('The proxy {0} did not let the request through ({1}).', said('proxy'), said('status')),
    t('Check http.proxy, HTTPS_PROXY and NO_PROXY, and the password of the proxy.'),
  ],
  notAnAwsEndpoint: said => [
    t('The answer to {0} is none that AWS would give.', during(said)),
    t('Check the endpoint URL of the scope: something else answers there.'),
  ],
  rehearsalPassed: said => [t('{0} would be allowed.', during(said)), t('Nothing was changed.')],
  rehearsalNotOffered: said => [
    t('AWS does not say beforehand whether {0} is allowed.', during(said)),
    t('Nothing was sent.'),
  ],
  scopeReadOnly: said => [
    t('{0} is read-only here: nothing was changed.', said('scope')),
    t('Its context menu allows changes again.'),
  ],
  answerLost: said => [
    t('The answer to {0} was lost: it may have been done, or not.', during(said)),
    t('Look before you repeat it, so that nothing is made twice.'),
  ],
  throttled: said => [t('AWS asks to slow down ({0}).', during(said)), t('Wait a little, then repeat it.')],
  requestRefused: said => [
    said('detail')
      ? t('{0} was refused: {1}', during(said), said('detail'))
      : t('{0} was refused ({1}).', during(said), said('code', said('status'))),
    t('The log has the request id.'),
  ],
  limitExceeded: said => [
    t('A limit is reached: {0}.', limitWords(said('limit'))),
    t('Delete what is not needed, or ask AWS for a higher quota.'),
  ],
  dependencyViolation: said => [
    said('detail') ? t('It is still in use: {0}', said('detail')) : t('It is still in use, so it cannot be deleted.'),
    t('Delete what depends on it first; interfaces of a deleted endpoint take a few minutes to go.'),
  ],
  resourceNotFound: said => [
    said('id')
      ? t('{0} does not exist.', said('id'))
      : t('Nothing of the kind was found: {0}.', said('kind', during(said))),
    t('It may have been deleted, or be in another account or region. Refresh the view.'),
  ],
} satisfies Table;

const vpcOf = (said: Said) => said('vpcId') || t('the VPC');

/** Endpoints and what surrounds them. */
const endpointErrors = {
  privateDnsNeedsVpcAttributes: said => [
    t('Private DNS needs both DNS attributes of {0}, and at least one is off.', vpcOf(said)),
    t('Switch on enableDnsSupport and enableDnsHostnames, or create the endpoint without private DNS.'),
  ],
  privateDnsConflict: said => [
    t('{0} has something else that answers for {1}.', vpcOf(said), said('dnsName') || t('the name')),
    t('Delete the other endpoint, or create this one without private DNS.'),
  ],
  duplicateSubnetsInSameZone: _said => [
    t('Two of the subnets are in one zone.'),
    t('Choose one subnet for each zone.'),
  ],
  zoneNotSupported: said => [
    t('The service is not offered in the zone of {0}.', said('subnetId') || t('a chosen subnet')),
    t('Choose subnets in other zones.'),
  ],
  serviceNotFound: said => [
    t('The service {0} does not exist for this account.', said('serviceName')),
    t('Check the region in the name; for a service of another account, ask its owner to allow yours.'),
  ],
  endpointNotFound: said => [
    t('The endpoint {0} does not exist (any more).', said('endpointId')),
    t('It may have been deleted. Refresh the view.'),
  ],
  endpointFailed: said => [
    said('detail')
      ? t('The endpoint {0} has failed: {1}', said('endpointId'), said('detail'))
      : t('The endpoint {0} has failed.', said('endpointId')),
    t('Delete it and create it anew; it costs money until then.'),
  ],
  endpointNotDeleted: said => [
    said('detail')
      ? t('The endpoint {0} was not deleted: {1}', said('endpointId'), said('detail'))
      : t('The endpoint {0} was not deleted.', said('endpointId')),
    t('It still exists and costs money. Try again.'),
  ],
} satisfies Table;

/** What AWS refuses of an endpoint's making or changing. */
const endpointRefusals = {
  endpointNotReady: said => [
    t('{0} is not available, and cannot be changed until it is.', said('endpointId')),
    t('A new endpoint takes a minute or two; one that waits for acceptance waits for the owner of its service.'),
  ],
  endpointKindMismatch: said => [
    t('The service takes endpoints of another kind: {0}, not {1}.', said('offered', '?'), said('wanted', '?')),
    t('Often the region in the service’s name is another one than the VPC’s.'),
  ],
  privateDnsNotOffered: said => [
    t('{0} has no private DNS name.', said('serviceName')),
    t('Create the endpoint without private DNS and use the names of the endpoint.'),
  ],
  privateDnsNotVerified: said => [
    t('The owner of {0} has not yet proved that its private DNS name is his.', said('serviceName')),
    t('Create the endpoint without private DNS; switch it on when the owner has published the TXT record.'),
  ],
  privateDnsNeedsGatewayEndpoint: said => [
    t('Private DNS for inbound resolvers only wants a gateway endpoint of the service in {0}.', vpcOf(said)),
    t('Create the gateway endpoint first, or let private DNS answer the whole VPC.'),
  ],
  dnsOptionNotForGateways: _said => [
    t('A gateway endpoint has no DNS options.'),
    t('It changes no name: routes alone lead to it.'),
  ],
  routeToServiceExists: said => [
    t(
      '{0} leads to the service already, through another gateway endpoint.',
      said('routeTableId') || t('A route table'),
    ),
    t('Leave this route table out, or take it from the other endpoint first.'),
  ],
  policyInvalid: said => [
    said('detail') ? t('AWS does not accept the policy: {0}', said('detail')) : t('AWS does not accept the policy.'),
    t('Edit the policy again; it is checked while you type.'),
  ],
  subnetFull: said => [
    t('{0} has no free address for an interface.', said('subnetId') || t('A subnet')),
    t('Choose another subnet of the zone.'),
  ],
} satisfies Table;

/** The provider's side: endpoint services, who is connected, and what stands behind them. */
const serviceErrors = {
  serviceHasConnections: said => [
    t('{0} still has endpoints that are connected, or wait to be.', said('serviceId') || t('The service')),
    t('Reject their connections first; their owners see it at once.'),
  ],
  connectionNotWaiting: said => [
    t('{0} is in another state by now, so nothing was changed.', said('endpointId') || t('The endpoint')),
    t('Somebody else may have answered, or its owner has deleted it. Refresh the view.'),
  ],
  principalRefused: _said => [
    t('AWS does not know this principal.'),
    t('Name an account, a user or a role that exists, by its ARN without a path, or * for everybody.'),
  ],
  loadBalancerTaken: said => [
    t('{0} stands behind another endpoint service.', said('loadBalancer') || t('The load balancer')),
    t('A load balancer serves one service; choose another, or take it from that one first.'),
  ],
  loadBalancerNotActive: said => [
    t('{0} is not active yet.', said('loadBalancer') || t('The load balancer')),
    t('A new load balancer takes a minute or two.'),
  ],
  loadBalancerFailed: said => [
    t('AWS could not set up {0}.', said('loadBalancer') || t('The load balancer')),
    t('Delete it and create it anew, perhaps in other subnets.'),
  ],
  waitedInVain: said => [
    t('It took too long: {0}.', said('waitingFor')),
    t('Look at its state, and go on from there when it is ready.'),
  ],
  loadBalancerInUse: _said => [
    t('The load balancer still stands behind an endpoint service, so it cannot be deleted.'),
    t('Delete the service, or take the load balancer from it first.'),
  ],
  targetGroupInUse: _said => [
    t('A listener still sends to the target group, so it cannot be deleted.'),
    t('Delete the load balancer or its listener first.'),
  ],
  nameTaken: _said => [t('Something with this name exists already, with other settings.'), t('Choose another name.')],
} satisfies Table;

/** Sessions. */
const sessionErrors = {
  targetNotConnected: said => [
    t('{0} is not connected to Session Manager.', said('instanceId') || t('The instance')),
    t(
      'It needs a role with AmazonSSMManagedInstanceCore and a path to Session Manager; a new instance takes a minute.',
    ),
  ],
  sessionEnded: said => [
    said('detail') ? t('The session has ended: {0}', said('detail')) : t('The session has ended.'),
    t('Start it again.'),
  ],
  sessionTimedOut: _said => [
    t('The instance did not answer in time.'),
    t('Try again; if it stays so, look at the instance’s state.'),
  ],
  channelFailed: said => [
    said('detail') ? t('The link to the instance broke: {0}', said('detail')) : t('The link to the instance broke.'),
    t('Start it again.'),
  ],
} satisfies Table;

/** Captures, the practice cloud, files and labs. */
const captureErrors = {
  filterInvalid: said => [
    said('detail')
      ? t('tcpdump does not understand the filter ({0}).', said('detail'))
      : t('tcpdump does not understand the filter.'),
    t('A filter reads like: port 443 and host 172.31.36.107'),
  ],
  interfaceNameInvalid: said => [
    t('{0} is not the name of a network interface.', said('interfaceName', said('name'))),
    t('Names look like ens5, enX0 or any.'),
  ],
  captureToolMissing: _said => [
    t('tcpdump is not installed on the instance.'),
    t('Install it there: sudo dnf install -y tcpdump'),
  ],
  captureNotPermitted: _said => [
    t('The session’s user may not capture on the instance.'),
    t('Session Manager’s user needs sudo without a password, as on Amazon’s images.'),
  ],
  captureInterfaceMissing: said => [
    t('The instance has no network interface {0}.', said('interfaceName', said('name'))),
    t('Capture on any interface, or choose another name.'),
  ],
  captureFailed: said => [
    said('detail') ? t('The capture failed: {0}', said('detail')) : t('The capture failed.'),
    t('The raw text of the panel shows what the instance printed.'),
  ],
  practiceFailed: said => [
    said('detail') ? t('The practice cloud has stopped: {0}', said('detail')) : t('The practice cloud has stopped.'),
    t('Start it again; it begins afresh.'),
  ],
  fileUnreadable: said => [
    t('The file {0} cannot be read.', said('file', said('name'))),
    t('It may have been written by a newer version, or be damaged.'),
  ],
  stepNotDone: said => [
    t('The step “{0}” is not done: {1}', said('step'), said('detail')),
    t('Its hints say what to do; “Do it for me” does it.'),
  ],
} satisfies Table;

const errorTable: Readonly<Record<ErrorCode, (said: Said) => Words>> = {
  ...signInErrors,
  ...endpointErrors,
  ...endpointRefusals,
  ...serviceErrors,
  ...networkErrors,
  ...sessionErrors,
  ...captureErrors,
  internal: said => {
    const { sentence, hint } = internalWords(said('detail'));
    return [sentence, hint];
  },
};

function logLine(error: LabError): string {
  const facts = [
    error.code,
    error.parameters.action,
    error.cloudCode && `cloud code ${error.cloudCode}`,
    error.requestId && `request ${error.requestId}`,
    error.parameters.detail,
    error.cause === undefined ? undefined : `caused by ${chain(error.cause)}`,
  ];
  return facts.filter(Boolean).join('; ');
}

function chain(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  const cause = error.cause === undefined ? '' : `, caused by ${chain(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
