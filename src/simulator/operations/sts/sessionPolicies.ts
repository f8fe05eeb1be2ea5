import { ServiceFault } from '../../protocols/serviceFault';
import type { Sts } from '../../protocols/wireTypes';
import { type Account, managedDocument } from '../../world/account';
import { parsePolicy } from '../../world/policyDocument';

const longestPolicy = 2048;
const maximumArns = 10;

/** Texts of the policies that narrow a session, as they are when it begins; undefined for none ("Session policies"). */
export function sessionPolicies(
  { Policy: inline, PolicyArns = [] }: Pick<Sts.AssumeRoleRequest, 'Policy' | 'PolicyArns'>,
  account: Account,
): readonly string[] | undefined {
  if (inline === undefined && PolicyArns.length === 0) return undefined;
  if (PolicyArns.length > maximumArns) throw invalid(`A session can have up to ${maximumArns} managed policies.`);
  if (inline !== undefined && !parsePolicy(inline))
    throw new ServiceFault('MalformedPolicyDocument', 'This policy contains invalid Json');
  if (inline !== undefined && inline.length > longestPolicy)
    throw invalid(
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${longestPolicy}`,
    );
  return [...(inline === undefined ? [] : [inline]), ...PolicyArns.map(({ arn = '' }) => textOf(account, arn))];
}

function textOf(account: Account, arn: string): string {
  const document = managedDocument(account, arn);
  if (!document) throw invalid(`The policy ${arn} does not exist or is not attachable.`);
  return JSON.stringify({ ...document, Version: '2012-10-17' });
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('ValidationError', message);
}
