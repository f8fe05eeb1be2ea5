import { decideForRole } from '../../world/account';
import type { Bucket } from '../../world/buckets';
import type { CallContext } from '../operation';
import { accessDenied } from './s3Faults';

/** What somebody wants to do to a bucket or to an object in it. */
export interface S3Question {
  /** As policies name it: `s3:GetObject`. */
  readonly action: string;
  /** The name alone for one that is still to be made. */
  readonly bucket: Bucket | string;
  readonly key?: string | undefined;
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
  if (!mayByIdentity(context, action, '*')) throw accessDenied();
}

function denialOf(context: CallContext, { action, bucket, key }: S3Question): string | undefined {
  const name = typeof bucket === 'string' ? bucket : bucket.name;
  const resource = `arn:aws:s3:::${name}${key === undefined ? '' : `/${key}`}`;
  if (mayByIdentity(context, action, resource)) return undefined;
  return `User: ${context.caller.arn} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;
}

function mayByIdentity({ caller, account }: CallContext, action: string, resource: string): boolean {
  if (caller.kind === 'user') return true;
  const role = account.roles.get(caller.roleName);
  return role !== undefined && decideForRole(role, action, resource) === 'allowed';
}
