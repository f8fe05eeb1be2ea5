/** A hand-written cloud for the gateways' tests: real wire bodies in, real wire bodies out, every request remembered. */
import type { WireHandler, WireRequest, WireResponse } from '../../src/core/ports/wire';

export interface CloudCall {
  /** `DescribeVpcs` */
  readonly action: string;
  /** Form fields of the query services, members of the JSON ones. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly request: WireRequest;
}

export type Answer = { readonly status?: number; readonly body: string; readonly type?: string };
type Answers = Readonly<Record<string, Answer | ((call: CloudCall) => Answer | Promise<Answer>)>>;

export interface WireCloud {
  readonly handle: WireHandler;
  readonly calls: CloudCall[];
  callsOf(action: string): readonly CloudCall[];
}

/** Answers by action; an action without an answer is refused by name. */
export function wireCloud(answers: Answers): WireCloud {
  const calls: CloudCall[] = [];
  return {
    calls,
    callsOf: action => calls.filter(call => call.action === action),
    handle: async request => {
      const call = readCall(request);
      calls.push(call);
      const answer = answers[call.action];
      if (!answer) return toWire(ec2Error('InvalidAction', `The action ${call.action} is not valid`));
      return toWire(typeof answer === 'function' ? await answer(call) : answer);
    },
  };
}

function readCall(request: WireRequest): CloudCall {
  const text = new TextDecoder().decode(request.body);
  const target = request.headers['x-amz-target'];
  if (target) return { action: target.split('.')[1] ?? '', parameters: JSON.parse(text || '{}'), request };
  const fields = new URLSearchParams(text);
  return { action: fields.get('Action') ?? '', parameters: Object.fromEntries(fields), request };
}

function toWire({ status = 200, body, type }: Answer): WireResponse {
  const headers = { 'content-type': type ?? 'text/xml;charset=UTF-8', 'x-amzn-requestid': 'request-1' };
  return { status, headers, body: new TextEncoder().encode(body) };
}

/** An EC2 answer: the members as XML text. */
export function ec2(action: string, members: string): Answer {
  const xmlns = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  return { body: `<${action}Response xmlns="${xmlns}"><requestId>request-1</requestId>${members}</${action}Response>` };
}

export function ec2Error(code: string, message: string, status = 400): Answer {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<Response><Errors>${error}</Errors><RequestID>request-1</RequestID></Response>` };
}

/** An answer of IAM or STS. */
export function query(action: string, members: string): Answer {
  const result = `<${action}Result>${members}</${action}Result>`;
  return {
    body: `<${action}Response>${result}<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

export function queryError(code: string, message: string, status = 400): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<ErrorResponse>${error}<RequestId>request-1</RequestId></ErrorResponse>` };
}

export function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value), type: 'application/x-amz-json-1.1' };
}

export function jsonError(code: string, message: string): Answer {
  return json({ __type: code, message }, 400);
}

export const callerIdentity = query(
  'GetCallerIdentity',
  '<Arn>arn:aws:iam::111122223333:user/student</Arn><UserId>AIDA</UserId><Account>111122223333</Account>',
);
