import assert from 'node:assert/strict';
import { addressClasses } from '../../../src/core/classification';
import { type ErrorCode, LabError } from '../../../src/core/errors';
import type { EndpointState, InstanceState, SessionManagerStatus } from '../../../src/core/network';
import type { Hop, HopRule, PathOutcome } from '../../../src/core/prediction/prediction';
import type { Gap } from '../../../src/core/snapshot';
import type { MissingEvidence, PathCause, Verdict } from '../../../src/core/verdict';
import { addressClassNames } from '../../../src/words/addressClasses';
import { causeWords } from '../../../src/words/causes';
import { costSentence, lossWords, privateDnsObstacleWords, subnetProblemWords } from '../../../src/words/endpointPlans';
import { endpointStateWords } from '../../../src/words/endpointStates';
import { describeError, errorLine, errorNotice } from '../../../src/words/errors';
import { gapWords } from '../../../src/words/gaps';
import { instanceStateWords, sessionManagerWords } from '../../../src/words/instanceStates';
import { hopWords, predictionSentence } from '../../../src/words/predictions';
import { routeWords } from '../../../src/words/routes';
import { ruleWords } from '../../../src/words/securityGroupRules';
import { reachAdvice, reachWords, unreachedWords } from '../../../src/words/sessionReach';
import { sessionEndWords, sessionStatusWords } from '../../../src/words/sessions';
import { connectWayWords, secureShellEndWords } from '../../../src/words/shellWays';
import { describeVerdict } from '../../../src/words/verdict';
import { endpointId, endpointInterfaceA, igw, local, route, rule } from '../../support/networkBuilders';
import { untranslatedRest } from './pseudoLocale';

/** Every member of a union, by the compiler's word. */
const all = <T extends string>(members: Readonly<Record<T, true>>) => Object.keys(members) as T[];

const errorCodes = all<ErrorCode>({
  accessDenied: true,
  workspaceNotTrusted: true,
  profileMissing: true,
  credentialsMissing: true,
  credentialProcessFailed: true,
  mfaCodeNeeded: true,
  mfaCodeRefused: true,
  signInFailed: true,
  awsCliMissing: true,
  credentialsExpired: true,
  credentialsRefused: true,
  cloudUnreachable: true,
  proxyRefused: true,
  notAnAwsEndpoint: true,
  throttled: true,
  requestRefused: true,
  rehearsalPassed: true,
  rehearsalNotOffered: true,
  scopeReadOnly: true,
  answerLost: true,
  privateDnsNeedsVpcAttributes: true,
  privateDnsConflict: true,
  endpointNotReady: true,
  endpointKindMismatch: true,
  privateDnsNotOffered: true,
  privateDnsNotVerified: true,
  privateDnsNeedsGatewayEndpoint: true,
  dnsOptionNotForGateways: true,
  routeToServiceExists: true,
  policyInvalid: true,
  subnetFull: true,
  duplicateSubnetsInSameZone: true,
  zoneNotSupported: true,
  serviceNotFound: true,
  endpointNotFound: true,
  endpointFailed: true,
  endpointNotDeleted: true,
  limitExceeded: true,
  dependencyViolation: true,
  resourceNotFound: true,
  serviceHasConnections: true,
  connectionNotWaiting: true,
  principalRefused: true,
  loadBalancerTaken: true,
  loadBalancerNotActive: true,
  loadBalancerFailed: true,
  waitedInVain: true,
  loadBalancerInUse: true,
  targetGroupInUse: true,
  nameTaken: true,
  peeringFailed: true,
  peeringExists: true,
  peeringOverlap: true,
  peeringWithItself: true,
  peeringNotAnswerable: true,
  peeringDnsNeedsVpcAttributes: true,
  routeExists: true,
  cidrTaken: true,
  cidrInvalid: true,
  natGatewayFailed: true,
  notSettled: true,
  targetNotConnected: true,
  sessionEnded: true,
  sessionTimedOut: true,
  channelFailed: true,
  tunnelUnanswered: true,
  tunnelBlocked: true,
  tunnelNotReady: true,
  tunnelsTaken: true,
  loginRefused: true,
  awsCliUnfit: true,
  filterInvalid: true,
  interfaceNameInvalid: true,
  captureToolMissing: true,
  captureNotPermitted: true,
  captureInterfaceMissing: true,
  captureFailed: true,
  repositoryUnreachable: true,
  installFailed: true,
  captureFileUnknown: true,
  captureLinkUnknown: true,
  captureFileTooLarge: true,
  captureFormUnavailable: true,
  noCaptureOpen: true,
  practiceFailed: true,
  fileUnreadable: true,
  stepNotDone: true,
  notMadeByLab: true,
  ledgerUnknown: true,
  internal: true,
});
const causes = all<PathCause>({
  privateDnsOfEndpoint: true,
  endpointName: true,
  vpcHostName: true,
  publicDns: true,
  privateDnsOff: true,
  endpointNotAvailable: true,
  dnsAttributesOff: true,
  dnsSupportOff: true,
  foreignNameServer: true,
  noSuchName: true,
  staleName: true,
  securityGroupLacksPort: true,
  securityGroupBlocksEgress: true,
  networkAclDenies: true,
  noRoute: true,
  blackhole: true,
  noPublicAddress: true,
  nobodyAtAddress: true,
  refused: true,
  noEndpoint: true,
  endpointInOtherVpc: true,
  causeUnread: true,
  unexplained: true,
});
const missing = all<MissingEvidence>({
  noPackets: true,
  onlyOtherTraffic: true,
  noAnswerYet: true,
  tooManyConversations: true,
  routeTableUnread: true,
  pathOutOfSight: true,
  interfacesUnread: true,
  endpointsUnread: true,
  noTarget: true,
  fromFile: true,
});
const gapCodes = all<Gap['code']>({
  accessDenied: true,
  notSupported: true,
  failed: true,
  notRead: true,
  outOfSight: true,
  fromFile: true,
});
const endpointStates = all<EndpointState>({
  pendingAcceptance: true,
  pending: true,
  available: true,
  deleting: true,
  deleted: true,
  rejected: true,
  failed: true,
  expired: true,
  partial: true,
});
const instanceStates = all<InstanceState>({
  pending: true,
  running: true,
  shuttingDown: true,
  terminated: true,
  stopping: true,
  stopped: true,
});
const sessionManagerStates = all<SessionManagerStatus>({ online: true, connectionLost: true, inactive: true });
const hopRules = all<HopRule>({
  name: true,
  egressGroups: true,
  route: true,
  egressAcl: true,
  ingressAcl: true,
  ingressGroups: true,
  endpointState: true,
  replyAcl: true,
});

const subject = '⟨subject⟩';
const name = '⟨name⟩';
const detail = '⟨detail⟩';

function isTranslated(say: () => string, ...parameters: string[]): void {
  const plain = say();
  assert.notEqual(plain, '');
  assert.doesNotMatch(plain, /undefined|\{\d\}/, plain);
  assert.equal(untranslatedRest(say, [subject, name, detail, ...parameters]), '', plain);
}

const share = { name, packets: 14, ofPackets: 14 };
const left: Verdict = {
  ...share,
  kind: 'notPrivate',
  how: 'left',
  address: '52.95.80.1',
  through: 'igw-1',
  endpointId,
  cause: 'privateDnsOff',
  subject,
  synRetries: 3,
  firstDisagreeing: 1,
};
const isPrivate: Verdict = {
  ...share,
  kind: 'private',
  endpointId,
  networkInterfaceId: endpointInterfaceA,
  address: '172.31.36.107',
  availabilityZone: '⟨zone⟩',
};

describe('the notice of an error', () => {
  it('ends with AWS’s code and the id of the request, as far as there are any', () => {
    const notice = (origin: { readonly cloudCode?: string; readonly requestId?: string }) =>
      errorNotice(new LabError('throttled', { action: 'ec2:DescribeVpcs' }, origin));
    const ids = { cloudCode: 'RequestLimitExceeded', requestId: 'a1b2' };
    assert.match(notice(ids), /repeat it\. \(AWS: RequestLimitExceeded, request a1b2\)$/);
    assert.match(notice({ cloudCode: 'RequestLimitExceeded' }), /\(AWS: RequestLimitExceeded\)$/);
    assert.equal(notice({}), errorLine(new LabError('throttled', { action: 'ec2:DescribeVpcs' })));
  });
});

describe('what a person reads is translated', () => {
  it('in every error, with and without parameters', () => {
    const parameters = {
      action: subject,
      detail,
      instanceId: subject,
      vpcId: subject,
      id: subject,
      host: subject,
      limit: subject,
    };
    for (const code of errorCodes) {
      for (const error of [
        new LabError(code),
        new LabError(code, parameters),
        new LabError(code, { kind: subject, code: detail }),
      ]) {
        isTranslated(() => describeError(error).sentence);
        isTranslated(() => describeError(error).hint);
      }
    }
    isTranslated(() => describeError(new Error(detail)).sentence);
  });

  it('in every reason why an instance is not reached, and in every way to a shell', () => {
    const error = new LabError('accessDenied', { action: subject });
    const kinds = ['online', 'connectionLost', 'noProfile', 'registering', 'notRegistered'] as const;
    const states = instanceStates.map(state => ({ kind: 'notRunning', state }) as const);
    for (const reach of [...kinds.map(kind => ({ kind })), ...states, { kind: 'cannotAsk', error } as const]) {
      isTranslated(() => reachWords(reach));
      if (reachAdvice(reach) !== undefined) isTranslated(() => reachAdvice(reach)!);
    }
    const gap: Gap = { code: 'failed', reading: subject, detail };
    const question = { networkInterfaceId: endpointInterfaceA, name, port: 443, publicAddresses: [] };
    const outcome: PathOutcome = { kind: 'dropped', cause: 'noRoute', subject, nameCause: undefined };
    for (const cause of [
      { kind: 'noRole' },
      { kind: 'unexplained' },
      { kind: 'roleNotTrusted', roleName: name },
      { kind: 'policyMissing', roleName: name, mayBeOther: true },
      { kind: 'policyMissing', roleName: name, mayBeOther: false },
      { kind: 'noWay', prediction: { question, answer: undefined, hops: [], outcome } },
      { kind: 'cannotTell', gap },
    ] as const) {
      isTranslated(() => unreachedWords(cause).sentence);
      isTranslated(() => unreachedWords(cause).advice);
    }
    for (const kind of ['notRunning', 'noEndpoint'] as const) isTranslated(() => connectWayWords({ kind }));
    for (const kind of ['failed', 'notComplete'] as const)
      isTranslated(() => connectWayWords({ kind, endpoint: { id: subject, stateMessage: name } }));
    for (const by of ['ourselves', 'awsCli'] as const)
      isTranslated(() => connectWayWords({ kind: 'ready', endpoint: { id: subject }, by }));
    isTranslated(() => secureShellEndWords({ kind: 'exited' }));
    for (const reason of ['', name]) isTranslated(() => secureShellEndWords({ kind: 'lost', reason }));
    for (const cause of ['securityGroupBlocksEgress', 'securityGroupLacksPort', 'networkAclDenies', 'noRoute'])
      for (const part of ['sentence', 'hint'] as const)
        isTranslated(() => describeError(new LabError('tunnelBlocked', { cause, subject, instanceId: name }))[part]);
    isTranslated(() => routeWords(route(subject, local, { state: 'blackhole' })));
  });

  it('in every cause and reason', () => {
    for (const cause of causes) {
      for (const about of [
        { subject, endpoint: name },
        { subject: undefined, endpoint: undefined },
        { subject: 'enableDnsSupport', endpoint: name },
      ]) {
        isTranslated(() => causeWords(cause, about), 'enableDnsSupport');
      }
    }
  });

  it('in every verdict', () => {
    const verdicts: Verdict[] = [
      isPrivate,
      { ...isPrivate, availabilityZone: undefined, name: undefined },
      { ...isPrivate, networkInterfaceId: undefined, packets: 3 },
      { ...isPrivate, name: undefined, packets: 1, ofPackets: 1 },
      left,
      { ...left, through: undefined, packets: 1 },
      { ...left, how: 'noAnswer' },
      { ...left, how: 'noAnswer', synRetries: 1 },
      { ...left, how: 'refused', cause: 'refused' },
      ...missing.map((what): Verdict => ({ kind: 'cannotTell', missing: what, packets: 0 })),
    ];
    for (const verdict of verdicts) {
      isTranslated(() => describeVerdict(verdict, name).label);
      isTranslated(() => describeVerdict(verdict, name).sentence, '⟨zone⟩', 'igw-1');
      isTranslated(() => describeVerdict(verdict).sentence, '⟨zone⟩', 'igw-1', endpointId);
    }
  });

  it('in every prediction and hop', () => {
    const question = { networkInterfaceId: endpointInterfaceA, name, port: 443, publicAddresses: [] };
    const gap: Gap = { code: 'failed', reading: subject, detail };
    const outcomes: PathOutcome[] = [
      { kind: 'reachesEndpoint', endpointId, networkInterfaceIds: [], addresses: [] },
      { kind: 'reachesEndpoint', endpointId, networkInterfaceIds: [endpointInterfaceA], addresses: ['172.31.36.107'] },
      { kind: 'reachesInterface', networkInterfaceId: endpointInterfaceA, address: '172.31.36.107' },
      { kind: 'leaves', through: igw, cause: 'privateDnsOff', endpointId },
      { kind: 'dropped', cause: 'noRoute', subject, nameCause: undefined },
      { kind: 'dropped', cause: 'noRoute', subject, nameCause: 'privateDnsOff' },
      { kind: 'partly', cause: 'networkAclDenies', subject, failingAddresses: [] },
      { kind: 'partly', cause: 'networkAclDenies', subject, failingAddresses: ['172.31.36.107'] },
      { kind: 'unknown', gap },
    ];
    const ids = [endpointId, endpointInterfaceA, 'id' in igw ? igw.id : ''];
    for (const outcome of outcomes)
      isTranslated(() => predictionSentence({ question, answer: undefined, hops: [], outcome }), ...ids);
    for (const hopRule of hopRules) {
      const hop = { rule: hopRule, subjects: [subject] };
      const hops: Hop[] = [
        { ...hop, decision: 'pass' },
        { ...hop, subjects: [], decision: 'pass' },
        { ...hop, decision: 'stop', cause: 'noRoute' },
        { ...hop, decision: 'sometimes', cause: 'networkAclDenies' },
        { ...hop, decision: 'unknown', gap },
      ];
      for (const each of hops) isTranslated(() => hopWords(each));
    }
  });

  it('in every state, class, gap and rule', () => {
    for (const state of endpointStates) isTranslated(() => endpointStateWords(state));
    for (const state of instanceStates) isTranslated(() => instanceStateWords(state));
    for (const state of [...sessionManagerStates, undefined]) isTranslated(() => sessionManagerWords(state));
    for (const addressClass of addressClasses) isTranslated(() => addressClassNames()[addressClass]);
    for (const code of gapCodes) {
      isTranslated(() => gapWords({ code, reading: subject, detail }));
      isTranslated(() => gapWords({ code, reading: subject, detail: undefined }));
    }
    for (const protocol of [-1, 1, 6, 17, 50]) {
      for (const direction of ['ingress', 'egress'] as const) {
        isTranslated(() => ruleWords(rule({ protocol, direction, fromPort: 8, toPort: 9 })), 'TCP', 'UDP');
        isTranslated(
          () => ruleWords(rule({ protocol, direction, fromPort: undefined, toPort: undefined })),
          'TCP',
          'UDP',
          'ICMP',
        );
      }
    }
  });

  it('in plans and sessions', () => {
    for (const kind of ['practice', 'local', 'live'] as const) isTranslated(() => costSentence(kind, 0.03));
    const interfaces = [
      { address: '10.0.0.1', availabilityZone: subject },
      { address: '10.0.0.2', availabilityZone: undefined },
    ];
    for (const count of [0, 1, 2]) {
      for (const privateDnsNames of [[], [name]]) {
        isTranslated(() => lossWords({ serviceName: name, interfaces: interfaces.slice(0, count), privateDnsNames }));
      }
    }
    isTranslated(() => privateDnsObstacleWords({ kind: 'attributesOff', vpcId: subject, attributes: [name] }));
    isTranslated(() => privateDnsObstacleWords({ kind: 'conflict', endpointId: subject, dnsName: name }));
    isTranslated(() => privateDnsObstacleWords({ kind: 'notOffered', serviceName: name }));
    isTranslated(() => subnetProblemWords({ kind: 'none' }));
    for (const kind of ['sameZone', 'zoneNotSupported'] as const)
      isTranslated(() => subnetProblemWords({ kind, availabilityZone: name }));
    for (const cause of ['finished', 'timedOut', 'failed', 'gone', 'unreachable', 'ended'] as const) {
      for (const reason of ['', detail]) isTranslated(() => sessionEndWords({ cause, reason }));
    }
    for (const kind of ['agentUnreachable', 'agentReachable', 'reconnected'] as const)
      isTranslated(() => sessionStatusWords({ kind })!);
    isTranslated(() => sessionStatusWords({ kind: 'reconnecting', delayMs: 1500, error: undefined })!);
    const expired = { kind: 'reconnecting', delayMs: 1500, error: new LabError('credentialsExpired') } as const;
    isTranslated(() => sessionStatusWords(expired)!);
    isTranslated(() => sessionStatusWords({ kind: 'outputLost', frames: 3 })!);
    isTranslated(() => sessionStatusWords({ kind: 'inputDropped', bytes: 3 })!);
  });
});

describe('what a person reads', () => {
  it('names endpoint, address and packets when traffic is private', () => {
    const said = describeVerdict(
      { ...isPrivate, name: 'ec2.ap-south-1.amazonaws.com', availabilityZone: 'ap-south-1a' },
      'demo',
    );
    assert.equal(
      `${said.label}. ${said.sentence}`,
      'Private. All 14 packets for ec2.ap-south-1.amazonaws.com went to 172.31.36.107, the interface of demo in ap-south-1a.',
    );
  });

  it('names gateway and reason when traffic leaves', () => {
    const { sentence } = describeVerdict({ ...left, name: undefined }, 'demo');
    assert.equal(sentence, 'All 14 packets left to 52.95.80.1 through igw-1, because private DNS of demo is off.');
  });

  it('counts the repeated SYNs when nobody answers', () => {
    const { sentence } = describeVerdict({
      ...left,
      how: 'noAnswer',
      address: '172.31.36.107',
      cause: 'securityGroupLacksPort',
      subject: 'sg-1',
    });
    assert.equal(
      sentence,
      '172.31.36.107 does not answer: the SYN was repeated 3 times, because security group sg-1 does not admit the port.',
    );
  });

  it('keeps parameters out of the log line but for the known facts', () => {
    const error = new LabError(
      'requestRefused',
      { action: 'ec2:X', token: 'secret' },
      { cloudCode: 'Y', requestId: 'r-1', cause: new Error('why') },
    );
    assert.equal(describeError(error).log, 'requestRefused; ec2:X; cloud code Y; request r-1; caused by Error: why');
  });
});
