import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import { askingPrincipal, requestFacts } from '../../requestFacts';
import { type Account, decideForCaller, type IamRole } from '../../world/account';
import { type PolicyDocument, parsePolicy } from '../../world/policyDocument';
import { decideForPrincipal, type ResourceQuestion } from '../../world/policyPrincipals';
import type { CallContext } from '../operation';

/** What a caller says of the session that is wanted. */
export interface WantedSession {
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly tags: Tags;
}

const roleArnForm = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** The role, of either account, when the caller may take it; one that there is not is refused in the same words. */
export function permittedRole(
  context: CallContext,
  roleArn: string,
  wanted: WantedSession,
): { readonly account: Account; readonly role: IamRole } {
  const [, accountId, name = ''] = roleArnForm.exec(roleArn) ?? [];
  if (accountId === undefined) throw new ServiceFault('ValidationError', `${roleArn} is invalid`);
  const account = context.world.accounts.find(({ id }) => id === accountId);
  const role = account?.roles.get(name);
  const actions = ['sts:AssumeRole', ...(Object.keys(wanted.tags).length > 0 ? ['sts:TagSession'] : [])];
  for (const action of actions)
    if (
      !role ||
      role.arn !== roleArn ||
      !mayTake(context, role, { action, resource: roleArn, facts: factsOf(context, wanted) })
    )
      throw refused(context, action, roleArn);
  if (!account || !role) throw refused(context, 'sts:AssumeRole', roleArn);
  return { account, role };
}

function refused({ caller }: CallContext, action: string, roleArn: string): ServiceFault {
  return new ServiceFault(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${roleArn}`,
    403,
  );
}

/**
 * The trust policy must allow it, and in another account, or where it trusts an account as a whole, the caller's own policies as well
 * ("How to use trust policies with IAM roles", "Cross-account policy evaluation logic").
 */
function mayTake(context: CallContext, role: IamRole, question: ResourceQuestion): boolean {
  const { account, caller } = context;
  const trust = parsePolicy(role.trustPolicy);
  const byTrust = trust ? decideForPrincipal(forAnyResource(trust), askingPrincipal(context), question) : 'silent';
  const byCaller = decideForCaller(account, caller, question.action, question.resource, question.facts);
  if (byTrust === 'denied' || byTrust === 'silent' || byCaller === 'explicitDeny') return false;
  const isOwn = role.arn.startsWith(`arn:aws:iam::${account.id}:`);
  return byCaller === 'allowed' || (isOwn && byTrust === 'allowed');
}

/** Trust policies name no resource: they are about their role. */
function forAnyResource({ Statement }: PolicyDocument): PolicyDocument {
  return { Statement: Statement.map(statement => ({ ...statement, Resource: '*' })) };
}

function factsOf(context: CallContext, { sessionName, externalId, tags }: WantedSession) {
  const requested = Object.entries(tags).map(([key, value]) => [`aws:requesttag/${key}`.toLowerCase(), value]);
  return {
    ...requestFacts(context),
    ...Object.fromEntries(requested),
    ...(requested.length > 0 ? { 'aws:tagkeys': Object.keys(tags) } : {}),
    ...(externalId === undefined ? {} : { 'sts:externalid': externalId }),
    'sts:rolesessionname': sessionName,
  };
}
