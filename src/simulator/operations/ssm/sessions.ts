import type { InstanceId } from '../../../core/ids';
import type { SessionSummary } from '../../agent/sessionService';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { callerName } from '../../world/principal';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { isConnected } from './managedInstances';

const maximumPageSize = 200;

/** A session's existence is known only in the account and region where it was started. */
function findSession({ sessions, region }: CallContext, sessionId: string): SessionSummary | undefined {
  const found = sessions.find(sessionId);
  const { accountId, region: name } = region.place;
  return found?.place.accountId === accountId && found.place.region === name ? found : undefined;
}

function startSession(input: Ssm.StartSessionRequest, context: CallContext): Ssm.StartSessionResponse {
  const { sessions, region, caller } = context;
  const { Target = '', DocumentName, Parameters, Reason } = input;
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

/** An answer without token means that the session timed out. */
function resumeSession(input: Ssm.ResumeSessionRequest, context: CallContext): Ssm.ResumeSessionResponse {
  const { SessionId = '' } = input;
  if (!findSession(context, SessionId))
    throw new ServiceFault('DoesNotExistException', `Session ${SessionId} does not exist.`);
  const resumed = context.sessions.resume(SessionId);
  if (!resumed) return { SessionId };
  return { SessionId: resumed.sessionId, TokenValue: resumed.tokenValue, StreamUrl: resumed.streamUrl };
}

function terminateSession(input: Ssm.TerminateSessionRequest, context: CallContext): Ssm.TerminateSessionResponse {
  const { SessionId = '' } = input;
  if (findSession(context, SessionId)) context.sessions.terminate(SessionId);
  return { SessionId };
}

/** "DescribeSessions": keys of its filters; times are ISO 8601. */
const filterKeys: Readonly<Record<string, (session: SessionSummary, value: string) => boolean>> = {
  InvokedAfter: ({ startMs }, value) => startMs > Date.parse(value),
  InvokedBefore: ({ startMs }, value) => startMs < Date.parse(value),
  Target: ({ target }, value) => target === value,
  Owner: ({ owner }, value) => value === owner,
  Status: ({ status }, value) => status === value,
  SessionId: ({ sessionId }, value) => sessionId === value,
};

function describeSessions(
  input: Ssm.DescribeSessionsRequest,
  { sessions, region }: CallContext,
): Ssm.DescribeSessionsResponse {
  const { State, Filters = [], MaxResults = maximumPageSize, NextToken } = input;
  if (State !== 'Active' && State !== 'History')
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '${State}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [Active, History]`,
    );
  if (MaxResults < 1 || MaxResults > maximumPageSize)
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${maximumPageSize}`,
    );
  const tests = Filters.map(({ key = '', value = '' }) => {
    const test = Object.hasOwn(filterKeys, key) ? filterKeys[key] : undefined;
    if (!test) throw new ServiceFault('InvalidFilterKey', `The filter key ${key} is not valid.`);
    return (session: SessionSummary) => test(session, value);
  });
  const matching = sessions.list(region.place, State).filter(session => tests.every(test => test(session)));
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
    MaxSessionDuration: '',
  };
}

export const sessionOperations: OperationTable = {
  DescribeSessions: describeSessions,
  ResumeSession: resumeSession,
  StartSession: startSession,
  TerminateSession: terminateSession,
};
