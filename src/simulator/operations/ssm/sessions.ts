import type { InstanceId } from '../../../core/ids';
import type { SessionSummary } from '../../agent/sessionHistory';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { callerName } from '../../world/principal';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { checkPageSize, invalidMember } from './invalidMember';
import { isConnected } from './managedInstances';

const maximumPageSize = 200;
const maximumFilters = 6;
const longestTarget = 400;
const millisecondsPerMinute = 60_000;
const longestSessionId = 96;

/** A session's existence is known only in the account and region where it was started. */
function findSession({ sessions, region }: CallContext, sessionId: string): SessionSummary | undefined {
  const found = sessions.find(sessionId);
  const { accountId, region: name } = region.place;
  return found?.place.accountId === accountId && found.place.region === name ? found : undefined;
}

function startSession(input: Ssm.StartSessionRequest, context: CallContext): Ssm.StartSessionResponse {
  const { sessions, region, caller } = context;
  const { Target = '', DocumentName, Parameters, Reason } = input;
  checkLength('target', input.Target, longestTarget);
  if (!isConnected(region, Target)) throw new ServiceFault('TargetNotConnected', `${Target} is not connected.`);
  const { sessionId, tokenValue, streamUrl } = sessions.start({
    place: region.place,
    target: Target as InstanceId,
    callerName: callerName(caller),
    callerArn: caller.arn,
    document: DocumentName,
    parameters: Parameters ?? {},
    reason: Reason,
  });
  return { SessionId: sessionId, TokenValue: tokenValue, StreamUrl: streamUrl };
}

/** The API model's lengths (Systems Manager API reference); a member that is missing is null to the service. */
function checkLength(member: string, value: string | undefined, longest: number): void {
  if (value === undefined) throw invalidMember('null', member, 'Member must not be null');
  if (value.length < 1) throw invalidMember("''", member, 'Member must have length greater than or equal to 1');
  if (value.length > longest)
    throw invalidMember(`'${value}'`, member, `Member must have length less than or equal to ${longest}`);
}

/** An answer without token means that the session timed out. */
function resumeSession(input: Ssm.ResumeSessionRequest, context: CallContext): Ssm.ResumeSessionResponse {
  const { SessionId = '' } = input;
  checkLength('sessionId', input.SessionId, longestSessionId);
  if (!findSession(context, SessionId))
    throw new ServiceFault('DoesNotExistException', `Session ${SessionId} does not exist.`);
  const resumed = context.sessions.resume(SessionId);
  if (!resumed) return { SessionId };
  return { SessionId: resumed.sessionId, TokenValue: resumed.tokenValue, StreamUrl: resumed.streamUrl };
}

function terminateSession(input: Ssm.TerminateSessionRequest, context: CallContext): Ssm.TerminateSessionResponse {
  const { SessionId = '' } = input;
  checkLength('sessionId', input.SessionId, longestSessionId);
  if (findSession(context, SessionId)) context.sessions.terminate(SessionId);
  return { SessionId };
}

/** Sessions that nobody had to ask for; the practice cloud has no others. */
const standardAccess = 'Standard';

/** "DescribeSessions": keys of its filters; times are ISO 8601. */
const filterKeys: Readonly<Record<string, (session: SessionSummary, value: string) => boolean>> = {
  InvokedAfter: ({ startMs }, value) => startMs > Date.parse(value),
  InvokedBefore: ({ startMs }, value) => startMs < Date.parse(value),
  Target: ({ target }, value) => target === value,
  Owner: ({ owner }, value) => value === owner,
  Status: ({ status }, value) => status === value,
  SessionId: ({ sessionId }, value) => sessionId === value,
  AccessType: (_, value) => value === standardAccess,
};

/** The state that is asked for. */
function checkListRequest(input: Ssm.DescribeSessionsRequest): 'Active' | 'History' {
  const { State, Filters = [], MaxResults = maximumPageSize } = input;
  if (State !== 'Active' && State !== 'History')
    throw invalidMember(
      State === undefined ? 'null' : `'${State}'`,
      'state',
      State === undefined ? 'Member must not be null' : 'Member must satisfy enum value set: [Active, History]',
    );
  checkPageSize(MaxResults, maximumPageSize);
  if (Filters.length > maximumFilters)
    throw invalidMember(
      `'[${Filters.length} filters]'`,
      'filters',
      `Member must have length less than or equal to ${maximumFilters}`,
    );
  return State;
}

function describeSessions(
  input: Ssm.DescribeSessionsRequest,
  { sessions, region }: CallContext,
): Ssm.DescribeSessionsResponse {
  const { Filters = [], MaxResults = maximumPageSize, NextToken } = input;
  const state = checkListRequest(input);
  const tests = Filters.map(({ key = '', value = '' }) => {
    const test = Object.hasOwn(filterKeys, key) ? filterKeys[key] : undefined;
    if (!test) throw new ServiceFault('InvalidFilterKey', `The filter key ${key} is not valid.`);
    return (session: SessionSummary) => test(session, value);
  });
  const matching = sessions.list(region.place, state).filter(session => tests.every(test => test(session)));
  const page = pageOf(matching, { MaxResults, NextToken }, {}, ({ sessionId }) => sessionId);
  return {
    Sessions: page.items.map(session => sessionShape(session)),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function sessionShape(session: SessionSummary): Ssm.Session {
  return {
    SessionId: session.sessionId,
    Target: session.target,
    Status: session.status,
    StartDate: new Date(session.startMs),
    ...(session.endMs === undefined ? {} : { EndDate: new Date(session.endMs) }),
    DocumentName: session.documentName,
    Owner: session.owner,
    ...(session.reason === '' ? {} : { Reason: session.reason }),
    OutputUrl: {},
    ...(session.durationLimitMs === undefined
      ? {}
      : { MaxSessionDuration: String(session.durationLimitMs / millisecondsPerMinute) }),
    AccessType: standardAccess,
  };
}

export const sessionOperations: OperationTable = {
  DescribeSessions: describeSessions,
  ResumeSession: resumeSession,
  StartSession: startSession,
  TerminateSession: terminateSession,
};
