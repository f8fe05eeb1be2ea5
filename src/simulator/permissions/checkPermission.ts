import { isReading } from '../call';
import { deniedByEndpoint } from '../endpointPolicy';
import type { ServiceFault } from '../protocols/serviceFault';
import { signInFaults } from '../protocols/signInFaults';
import { requestFacts } from '../requestFacts';
import { decideForCaller } from '../world/account';
import type { PolicyDecision } from '../world/policyDocument';
import { encodeAuthorizationMessage } from './authorizationMessage';
import type { AskedCall, NeededPermission } from './neededPermission';
import { neededPermissions } from './neededPermissions';

/** Calls that need no permission ("GetCallerIdentity", "GetSessionToken"); the ones that ask a role's trust policy do so themselves. */
const freeActions: readonly string[] = ['sts:GetCallerIdentity', 'sts:GetSessionToken', 'sts:AssumeRole'];

/** Refuses what the caller's policies, or the policy of the endpoint that the call came through, do not allow. */
export function checkPermission(call: AskedCall): void {
  for (const needed of neededPermissions(call)) {
    const refusal = refusalByEndpoint(call, needed) ?? refusalByIdentity(call, needed);
    if (refusal) throw refusal;
  }
}

/** An endpoint's policy is about the calls that come through it, not about what these do besides. */
function refusalByEndpoint(call: AskedCall, needed: NeededPermission): ServiceFault | undefined {
  const { operation, context } = call;
  if (needed.action !== `${operation.service.signingName}:${operation.name}`) return undefined;
  const facts = { ...requestFacts(context), ...needed.facts };
  const reason = deniedByEndpoint(context, { ...needed, facts });
  return reason === undefined ? undefined : denied(call, needed, reason);
}

function refusalByIdentity(call: AskedCall, needed: NeededPermission): ServiceFault | undefined {
  const { context } = call;
  const { action, resource } = needed;
  if (freeActions.includes(action)) return undefined;
  const facts = { ...requestFacts(context), ...needed.facts };
  const decision = decideForCaller(context.account, context.caller, action, resource, facts);
  if (decision === 'allowed') return undefined;
  return denied(call, needed, identityReason(action, decision) + encodedMessage(call, needed, decision));
}

function identityReason(action: string, decision: PolicyDecision): string {
  return decision === 'explicitDeny'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
}

/** EC2 tells more in a code of its own, for calls that change something ("DecodeAuthorizationMessage"). */
function encodedMessage({ operation, context }: AskedCall, needed: NeededPermission, decision: PolicyDecision): string {
  if (operation.service.protocol !== 'ec2Query' || isReading({ operation: operation.name })) return '';
  return `. Encoded authorization failure message: ${encodeAuthorizationMessage(context.caller, needed, decision)}`;
}

function denied(
  { operation, context }: AskedCall,
  { action, resource }: NeededPermission,
  reason: string,
): ServiceFault {
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const text = `User: ${context.caller.arn} is not authorized to perform: ${action}${on} ${reason}`;
  return signInFaults[operation.service.protocol].denied(text);
}
