import { deniedByEndpoint } from '../../endpointPolicy';
import { askingPrincipal, requestFacts } from '../../requestFacts';
import { decideForCaller } from '../../world/account';
import type { Bucket } from '../../world/buckets';
import { parsePolicy } from '../../world/policyDocument';
import { decideForPrincipal } from '../../world/policyPrincipals';
import type { RequestFacts } from '../../world/policyVariables';
import type { CallContext } from '../operation';
import { accessDenied } from './s3Faults';

/** What somebody wants to do to a bucket or to an object in it. */
export interface S3Question {
  /** As policies name it: `s3:GetObject`. */
  readonly action: string;
  /** The name alone for one that is still to be made. */
  readonly bucket: Bucket | string;
  readonly key?: string | undefined;
  /** What only this call says, such as `s3:prefix`. */
  readonly facts?: RequestFacts;
}

/** Refuses what the caller may not do. */
export function authorize(context: CallContext, question: S3Question): void {
  const reason = denialOf(context, question);
  if (reason !== undefined) throw accessDenied(reason);
}

export function isAllowed(context: CallContext, question: S3Question): boolean {
  return denialOf(context, question) === undefined;
}

/** For questions about no bucket; S3 gives no reason here (aws/aws-cli#8506). */
export function authorizeAccount(context: CallContext, action: string): void {
  const facts = requestFacts(context);
  const isDenied = deniedByEndpoint(context, { action, resource: '*', facts }) !== undefined;
  if (isDenied || decideForCaller(context.account, context.caller, action, '*', facts) !== 'allowed')
    throw accessDenied();
}

/**
 * Why a caller may not; undefined when they may ("How Amazon S3 authorizes a request", "Cross-account policy evaluation logic"): no policy denies it,
 * the endpoint's policy allows it, and so does the caller's or the bucket's, for a bucket of another account both.
 */
function denialOf(context: CallContext, { action, bucket, key, facts: more }: S3Question): string | undefined {
  const name = typeof bucket === 'string' ? bucket : bucket.name;
  const resource = `arn:aws:s3:::${name}${key === undefined ? '' : `/${key}`}`;
  const facts = { ...requestFacts(context), ...more };
  const reason =
    deniedByEndpoint(context, { action, resource, facts }) ??
    deniedByOwners(context, action, resource, { bucket, facts });
  if (reason === undefined) return undefined;
  const isForeign = typeof bucket !== 'string' && bucket.ownerId !== context.caller.accountId;
  if (isForeign) return 'Access Denied';
  return `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`;
}

function deniedByOwners(
  context: CallContext,
  action: string,
  resource: string,
  { bucket, facts }: { readonly bucket: Bucket | string; readonly facts: RequestFacts },
): string | undefined {
  const policy = typeof bucket === 'string' || bucket.policy === undefined ? undefined : parsePolicy(bucket.policy);
  const ofBucket = policy
    ? decideForPrincipal(policy, askingPrincipal(context), { action, resource, facts })
    : 'silent';
  const ofCaller = decideForCaller(context.account, context.caller, action, resource, facts);
  if (ofCaller === 'explicitDeny') return 'with an explicit deny in an identity-based policy';
  if (ofBucket === 'denied') return 'with an explicit deny in a resource-based policy';
  const isOwn = typeof bucket === 'string' || bucket.ownerId === context.caller.accountId;
  const isGranted = isOwn
    ? ofCaller === 'allowed' || ofBucket === 'allowed'
    : ofCaller === 'allowed' && ofBucket !== 'silent';
  return isGranted ? undefined : `because no identity-based policy allows the ${action} action`;
}
