/** What can happen to a call between an SDK client and the practice cloud. */
import type { WireHandler, WireRequest, WireResponse } from '../../../src/core/ports/wire';

export const disturbances = [
  'throttled twice',
  'throttled for good',
  'failing for good',
  'slow',
  'unauthorised',
  'expired',
  'unreachable',
  'answer lost once',
  'answer lost for good',
] as const;
export type Disturbance = (typeof disturbances)[number];

/** Which calls are disturbed, and how. */
export interface Plan {
  readonly disturbance: Disturbance;
  /** Whether it meets this call, the `count`th of its action (1-based, repetitions included). */
  readonly meets: (action: string, count: number) => boolean;
}

const slowMs = 40;
const repeats: Partial<Record<Disturbance, number>> = { 'throttled twice': 2, 'answer lost once': 1 };

/** A handler before the practice cloud that notes every action and disturbs those that a plan meets. */
export class DisturbedCloud {
  /** Actions in the order in which they came, repetitions of the SDK included. */
  readonly actions: string[] = [];
  #plan: Plan | undefined;
  #met = 0;

  constructor(private readonly next: WireHandler) {}

  readonly handle: WireHandler = async (request, signal) => {
    const action = actionOf(request);
    this.actions.push(action);
    const count = this.actions.filter(name => name === action).length;
    const plan = this.#plan;
    if (!plan?.meets(action, count)) return this.next(request, signal);
    this.#met++;
    if (this.#met > (repeats[plan.disturbance] ?? Number.POSITIVE_INFINITY)) return this.next(request, signal);
    return this.#disturb(plan.disturbance, request, signal);
  };

  /** Puts a plan in force, or ends the one that is. */
  disturb(plan: Plan | undefined): void {
    this.#plan = plan;
    this.#met = 0;
  }

  async #disturb(disturbance: Disturbance, request: WireRequest, signal?: AbortSignal): Promise<WireResponse> {
    switch (disturbance) {
      case 'throttled twice':
      case 'throttled for good':
        return refusal(request, 503, 'RequestLimitExceeded', 'Request limit exceeded.');
      case 'failing for good':
        return refusal(request, 500, 'InternalError', 'An internal error has occurred');
      case 'unauthorised':
        return refusal(request, 403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.');
      case 'expired':
        return refusal(request, 400, 'RequestExpired', 'Request has expired.');
      case 'unreachable':
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      case 'slow':
        await new Promise(resolve => setTimeout(resolve, slowMs));
        return this.next(request, signal);
      case 'answer lost once':
      case 'answer lost for good':
        await this.next(request, signal);
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    }
  }
}

function actionOf(request: WireRequest): string {
  const target = request.headers['x-amz-target'];
  if (target) return target.split('.').at(-1) ?? '';
  return (
    new URLSearchParams(new TextDecoder().decode(request.body)).get('Action') ?? `${request.method} ${request.path}`
  );
}

/** In the words of the service's protocol: EC2's, the JSON services', and those of IAM, STS and ELB. */
function refusal(request: WireRequest, status: number, code: string, message: string): WireResponse {
  const text = (body: string, type: string) => ({
    status,
    headers: { 'content-type': type, 'x-amzn-requestid': 'request-1' },
    body: new TextEncoder().encode(body),
  });
  if (request.headers['x-amz-target'])
    return text(JSON.stringify({ __type: jsonCodes[code] ?? code, message }), 'application/x-amz-json-1.1');
  const error = `<Code>${queryCode(request, code)}</Code><Message>${message}</Message>`;
  return request.host.startsWith('ec2.')
    ? text(`<Response><Errors><Error>${error}</Error></Errors><RequestID>request-1</RequestID></Response>`, 'text/xml')
    : text(`<ErrorResponse><Error>${error}</Error><RequestId>request-1</RequestId></ErrorResponse>`, 'text/xml');
}

const jsonCodes: Readonly<Record<string, string>> = {
  RequestLimitExceeded: 'ThrottlingException',
  UnauthorizedOperation: 'AccessDeniedException',
  RequestExpired: 'ExpiredTokenException',
  InternalError: 'InternalServerError',
};
const queryCodes: Readonly<Record<string, string>> = {
  RequestLimitExceeded: 'Throttling',
  UnauthorizedOperation: 'AccessDenied',
  RequestExpired: 'ExpiredToken',
  InternalError: 'InternalFailure',
};

function queryCode(request: WireRequest, code: string): string {
  return request.host.startsWith('ec2.') ? code : (queryCodes[code] ?? code);
}
