import { ServiceFault } from '../../protocols/serviceFault';
import { type PolicyStatement, parsePolicy } from '../../world/policyDocument';

const malformed = (message: string) => new ServiceFault('MalformedPolicyDocument', message);

/** The text of a policy for roles and users; throws for what is none ("IAM JSON policy element reference"). */
export function checkedIdentityPolicy(text: string | undefined): string {
  const document = parsePolicy(text ?? '');
  if (text === undefined || !document) throw malformed('Syntax errors in policy.');
  for (const statement of document.Statement) checkStatement(statement);
  return text;
}

function checkStatement({ Principal, NotPrincipal, ...statement }: PolicyStatement): void {
  if (Principal !== undefined || NotPrincipal !== undefined)
    throw malformed('Policy document should not specify a principal.');
  const actions = [statement.Action, statement.NotAction].flat().filter(action => action !== undefined);
  const resources = [statement.Resource, statement.NotResource].flat().filter(resource => resource !== undefined);
  if (!actions.every(action => action === '*' || /^[\w-]+:/.test(action)))
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  const wrong = resources.find(resource => resource !== '*' && !/^arn:|^\*/.test(resource));
  if (wrong !== undefined) throw malformed(`Resource ${wrong} must be in ARN format or "*".`);
}
