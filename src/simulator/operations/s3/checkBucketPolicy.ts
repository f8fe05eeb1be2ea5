import { ServiceFault } from '../../protocols/serviceFault';
import { type PolicyStatement, parsePolicy } from '../../world/policyDocument';
import type { World } from '../../world/world';

const longestPolicyBytes = 20 * 1024;

/** Refuses what is no policy for this bucket ("PutBucketPolicy", "Bucket policies for Amazon S3"). */
export function checkBucketPolicy(text: string, bucketName: string, world: World): void {
  if (!text.startsWith('{')) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  if (new TextEncoder().encode(text).length > longestPolicyBytes)
    throw malformedPolicy('Policy exceeds the maximum allowed document size.');
  const document = parsePolicy(text);
  if (!document) throw malformedPolicy('This policy contains invalid Json');
  for (const statement of document.Statement) checkStatement(statement, bucketName, world);
}

function malformedPolicy(message: string): ServiceFault {
  return new ServiceFault('MalformedPolicy', message);
}

function checkStatement(statement: PolicyStatement, bucketName: string, world: World): void {
  const { Principal, NotPrincipal } = statement;
  if (Principal === undefined && NotPrincipal === undefined) throw malformedPolicy('Missing required field Principal');
  const resources = [statement.Resource, statement.NotResource].flat().filter(item => item !== undefined);
  if (resources.length === 0) throw malformedPolicy('Missing required field Resource');
  const actions = [statement.Action, statement.NotAction].flat().filter(item => item !== undefined);
  if (!actions.every(action => action === '*' || /^s3:[A-Za-z*?]+$/i.test(action)))
    throw malformedPolicy('Policy has invalid action');
  if (!resources.every(resource => isOfBucket(resource, bucketName)))
    throw malformedPolicy('Policy has invalid resource');
  const named = typeof Principal === 'object' ? [Principal.AWS ?? []].flat() : [];
  if (!named.every(principal => exists(principal, world))) throw malformedPolicy('Invalid principal in policy');
}

function isOfBucket(resource: string, bucketName: string): boolean {
  const arn = `arn:aws:s3:::${bucketName}`;
  return resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`;
}

/** IAM looks principals up when a policy is stored. */
function exists(principal: string, { accounts }: World): boolean {
  if (principal === '*') return true;
  const [, id, kind, name] =
    /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::(root|user|role|assumed-role)(?:\/(.+))?)?$/.exec(principal) ?? [];
  const account = accounts.find(candidate => candidate.id === id);
  if (!account) return false;
  const last = name?.split('/').at(-1) ?? '';
  if (kind === 'user') return last === account.name;
  return kind === 'role' ? account.roles.has(last) : true;
}
