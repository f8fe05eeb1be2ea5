import type { FinalizeRequestMiddleware, MiddlewareStack } from '@smithy/types';
import { LabError } from '../core/errors';

/** Commands that make a thing; a tag that is set twice is set once. Told by their names, as AWS does ("Amazon EC2 API: Ensuring idempotency"). */
const makesThing = /^(?:Create(?!Tags)|Allocate|Authorize|Run|Import|Copy)\w+Command$/;
const reads = /^(?:Describe|Get|List)/;
/** What a deletion is told that had been done already. */
const missing = /NotFound|NoSuchEntity|DoesNotExist/;
/** Failed before anything was sent. */
const neverSent = /^(?:ENOTFOUND|ECONNREFUSED|EAI_\w+|EHOSTUNREACH|ENETUNREACH|CERT_\w+|ERR_TLS_\w+|UNABLE_TO_\w+)$/;
const throttling = /throttl|RequestLimitExceeded|SlowDown|TooManyRequests/i;

interface FailedAttempt {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Keeps the SDK from repeating a call that makes something, has no client token, and whose answer was lost: the thing may exist, and a second
 * one would be made. Calls with a token are repeated, and those of Elastic Load Balancing, which makes nothing twice under one name ("Elastic
 * Load Balancing API: CreateLoadBalancer"). Either way the call in the end rejects with `answerLost`, so that somebody looks first. So does
 * a change of EC2 that was repeated after a lost answer and then refused: what stands in its way may be its own first attempt.
 * Reads, and refusals for throttling, are repeated as always.
 */
export function doNotRepeatBlindly<Client extends object>(
  service: 'ec2' | 'iam' | 'elasticloadbalancing',
  client: Client,
): Client {
  const { middlewareStack } = client as unknown as { middlewareStack: MiddlewareStack<object, object> };
  const lostBefore = new WeakSet<object>();
  const guard =
    (isFinal: boolean): FinalizeRequestMiddleware<object, object> =>
    (next, context) =>
    async args => {
      try {
        return await next(args);
      } catch (caught) {
        const command = context.commandName ?? '';
        const error = caught as FailedAttempt;
        if (isLost(error)) lostBefore.add(context);
        const isOwnDoing = isFinal && service === 'ec2' && lostBefore.has(context) && isRefused(command, error);
        const isUnknown = makesThing.test(command) && isLost(error);
        const mayRepeat = !isFinal && (service === 'elasticloadbalancing' || hasToken(args.request));
        if (!isOwnDoing && (!isUnknown || mayRepeat)) throw caught;
        const action = `${service}:${command.replace(/Command$/, '')}`;
        // Not as its cause: the SDK would look there for a reason to try again.
        throw new LabError('answerLost', { action, detail: error.message ?? String(caught) });
      }
    };
  middlewareStack.addRelativeTo(guard(true), {
    relation: 'before',
    toMiddleware: 'retryMiddleware',
    name: 'answerLostAtLast',
  });
  middlewareStack.addRelativeTo(guard(false), {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'answerLost',
  });
  return client;
}

/** Told by the request, as the SDK makes a token itself where the wire schema wants one. */
function hasToken(request: unknown): boolean {
  const { body } = request as { readonly body?: unknown };
  return typeof body === 'string' && /(?:^|&)ClientToken=/.test(body);
}

/** Whether AWS says no to a change, for a reason that lies in what there is. */
function isRefused(command: string, { name = '', $metadata }: FailedAttempt): boolean {
  return $metadata?.httpStatusCode === 400 && !reads.test(command) && !missing.test(name) && !throttling.test(name);
}

function isLost(error: FailedAttempt): boolean {
  if (error instanceof LabError) return false;
  const { name = '', code = '', $metadata } = error;
  if (name === 'AbortError' || throttling.test(name)) return false;
  const status = $metadata?.httpStatusCode;
  return status === undefined ? !neverSent.test(code) : status >= 500;
}
