import { isReading } from '../call';
import { deniedByEndpoint } from '../endpointPolicy';
import type { ServiceFault } from '../protocols/serviceFault';
import { signInFaults } from '../protocols/signInFaults';
import { type FactSource, requestFacts } from '../requestFacts';
import { decideForCaller } from '../world/account';
import type { PolicyDecision } from '../world/policyDocument';
import type { Principal } from '../world/principal';
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
  if (context.via?.endpointId === undefined) return undefined;
  const facts = { ...requestFacts(context), ...needed.facts };
  const reason = deniedByEndpoint(context, { ...needed, facts });
  if (reason === undefined) return undefined;
  return signInFaults[operation.service.protocol].denied(denialText(context.caller, needed, reason));
}

function refusalByIdentity(call: AskedCall, needed: NeededPermission): ServiceFault | undefined {
  if (freeActions.includes(needed.action)) return undefined;
  const denial = identityDenial(call.context, needed);
  if (!denial) return undefined;
  const text = denial.text + encodedMessage(call, needed, denial.decision);
  return signInFaults[call.operation.service.protocol].denied(text);
}

/** Why the caller's own policies do not let them, in AWS's words; undefined when they do. */
export function identityDenial(
  source: FactSource,
  needed: NeededPermission,
): { readonly text: string; readonly decision: PolicyDecision } | undefined {
  const { account, caller } = source;
  const { action, resource } = needed;
  const known = requestFacts(source);
  const facts = needed.facts ? { ...known, ...needed.facts } : known;
  const decision = decideForCaller(account, caller, action, resource, facts);
  if (decision === 'allowed') return undefined;
  return { text: denialText(caller, needed, identityReason(action, decision)), decision };
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

function denialText(caller: Principal, { action, resource }: NeededPermission, reason: string): string {
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  return `User: ${caller.arn} is not authorized to perform: ${action}${on} ${reason}`;
}
