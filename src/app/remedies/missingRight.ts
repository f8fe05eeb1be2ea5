import type { LabError } from '../../core/errors';

/** "User: … is not authorized to perform: ec2:X on resource: arn:… because no identity-based policy allows the ec2:X action" */
const refusedAction = /not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?/;

/**
 * A policy that grants what AWS missed, as the IAM document that an administrator attaches. Undefined when granting more would not help (an
 * explicit deny, a policy of another kind), or when the error names no action.
 */
export function missingRightPolicy({ parameters }: LabError): string | undefined {
  const { action: asked = '', detail = '' } = parameters;
  if (/explicit deny|no (?!identity-based)[\w-]+(?: [\w-]+)* policy allows/i.test(detail)) return undefined;
  const { action = asked, resource = '*' } = refusedAction.exec(detail)?.groups ?? {};
  if (!/^[a-z0-9-]+:[A-Z]\w*$/.test(action)) return undefined;
  const statement = { Effect: 'Allow', Action: action, Resource: resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
}
