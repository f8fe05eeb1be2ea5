/** Policies of endpoints ("AWS PrivateLink Guide: Control access to VPC endpoints using endpoint policies"). */
import { type PolicyStatement, statementsOf } from './policyStatements';

/** Characters, white space apart from the text's own included ("AWS PrivateLink Guide: Quotas"). */
export const POLICY_MAX_LENGTH = 20_480;

/** What AWS gives an endpoint that was made without a policy. */
export const fullAccessPolicy = JSON.stringify(
  {
    Version: '2008-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
  undefined,
  2,
);

/** Lets nobody through. */
export const denyAllPolicy = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] },
  undefined,
  2,
);

/** Whether a policy allows everything to everybody and denies nothing; an endpoint without one does. */
export function isFullAccess(document: string | undefined): boolean {
  if (!document) return true;
  const statements = statementsOf(document);
  return statements.length > 0 && statements.every(allowsAll);
}

function allowsAll({ Effect, Principal, Action, Resource, Condition }: PolicyStatement): boolean {
  const isAny = (value: unknown) => [value].flat().includes('*');
  const isAnybody = isAny(Principal) || isAny((Principal as { AWS?: unknown } | undefined)?.AWS);
  return Effect === 'Allow' && isAnybody && isAny(Action) && isAny(Resource) && Condition === undefined;
}

/** The same document, indented for reading; as it is when it is no JSON. */
export function indentedPolicy(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), undefined, 2);
  } catch {
    return document;
  }
}
