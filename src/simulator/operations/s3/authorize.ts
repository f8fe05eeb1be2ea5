import { documentsOf } from '../../world/account';
import type { Bucket } from '../../world/buckets';
import { administratorPolicyArn, findManagedPolicy } from '../../world/managedPolicies';
import type { RequestFacts } from '../../world/policyConditions';
import { decide, type PolicyDocument, parsePolicy } from '../../world/policyDocument';
import { type AskingPrincipal, decideForPrincipal } from '../../world/policyPrincipals';
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
  const facts = factsOf(context);
  const isDenied = deniedByEndpoint(context, action, '*', facts) !== undefined;
  if (isDenied || decide(identityPolicies(context), action, '*', facts) !== 'allowed') throw accessDenied();
}

/**
 * Why a caller may not; undefined when they may ("How Amazon S3 authorizes a request", "Cross-account policy evaluation logic"): no policy denies it,
 * the endpoint's policy allows it, and so does the caller's or the bucket's, for a bucket of another account both.
 */
function denialOf(context: CallContext, { action, bucket, key, facts: more }: S3Question): string | undefined {
  const name = typeof bucket === 'string' ? bucket : bucket.name;
  const resource = `arn:aws:s3:::${name}${key === undefined ? '' : `/${key}`}`;
  const facts = { ...factsOf(context), ...more };
  const reason =
    deniedByEndpoint(context, action, resource, facts) ?? deniedByOwners(context, action, resource, { bucket, facts });
  if (reason === undefined) return undefined;
  const isForeign = typeof bucket !== 'string' && bucket.ownerId !== context.caller.accountId;
  if (isForeign) return 'Access Denied';
  return `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`;
}

function deniedByEndpoint(
  { world, via }: CallContext,
  action: string,
  resource: string,
  facts: RequestFacts,
): string | undefined {
  if (via?.endpointId === undefined) return undefined;
  const id = via.endpointId;
  const endpoint = [...world.regions].map(({ endpoints }) => endpoints.get(id)).find(found => found !== undefined);
  const document = endpoint?.policyDocument ? parsePolicy(endpoint.policyDocument) : undefined;
  if (!document) return undefined;
  const decision = decide([document], action, resource, facts);
  if (decision === 'allowed') return undefined;
  return decision === 'explicitDeny'
    ? 'with an explicit deny in a VPC endpoint policy'
    : `because no VPC endpoint policy allows the ${action} action`;
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
  const ofCaller = decide(identityPolicies(context), action, resource, facts);
  if (ofCaller === 'explicitDeny') return 'with an explicit deny in an identity-based policy';
  if (ofBucket === 'denied') return 'with an explicit deny in a resource-based policy';
  const isOwn = typeof bucket === 'string' || bucket.ownerId === context.caller.accountId;
  const isGranted = isOwn
    ? ofCaller === 'allowed' || ofBucket === 'allowed'
    : ofCaller === 'allowed' && ofBucket !== 'silent';
  return isGranted ? undefined : `because no identity-based policy allows the ${action} action`;
}

/** The account's own user may do everything; a role what is attached to it. */
function identityPolicies({ caller, account }: CallContext): readonly PolicyDocument[] {
  if (caller.kind === 'user') return [findManagedPolicy(administratorPolicyArn)?.document].filter(found => !!found);
  const role = account.roles.get(caller.roleName);
  return role ? documentsOf(role) : [];
}

function askingPrincipal({ caller, account }: CallContext): AskingPrincipal {
  const { accountId, arn } = caller;
  if (caller.kind === 'user') return { accountId, arn, sessionArn: undefined };
  return { accountId, arn: account.roles.get(caller.roleName)?.arn ?? arn, sessionArn: arn };
}

/** "AWS global condition context keys"; a call from outside of the simulated network comes from this machine. */
function factsOf(context: CallContext): RequestFacts {
  const { caller, via, nowMs, region } = context;
  const principal = askingPrincipal(context);
  const source: Record<string, string | undefined> =
    via?.endpointId === undefined
      ? { 'aws:sourceip': via?.sourceAddress ?? '127.0.0.1' }
      : { 'aws:sourcevpce': via.endpointId, 'aws:sourcevpc': via.vpcId, 'aws:vpcsourceip': via.sourceAddress };
  const facts = {
    ...source,
    'aws:principalarn': principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': caller.kind === 'user' ? 'User' : 'AssumedRole',
    'aws:userid': caller.userId,
    'aws:username': caller.kind === 'user' ? caller.name : undefined,
    'aws:securetransport': 'true',
    'aws:currenttime': new Date(nowMs).toISOString(),
    'aws:epochtime': String(Math.floor(nowMs / 1000)),
    'aws:requestedregion': region.place.region,
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
