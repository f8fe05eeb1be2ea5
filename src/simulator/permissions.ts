import type { ServiceCall } from './network/services/serviceNodes';
import type { ServiceFault } from './protocols/serviceFault';
import type { OperationModel } from './protocols/serviceModels';
import { signInFaults } from './protocols/signInFaults';
import { type Account, decideForRole } from './world/account';
import type { PlaceState } from './world/placeState';
import { decide, parsePolicy } from './world/policyDocument';
import type { Principal } from './world/principal';

/** Calls that need no permission ("GetCallerIdentity"). */
const freeActions: readonly string[] = ['sts:GetCallerIdentity'];

/**
 * Refuses what the caller's policies, or the policy of the endpoint that the call came through, do not allow. The account's own user may
 * do everything; a role what is attached to it.
 */
export function checkPermission(
  operation: OperationModel,
  caller: Principal,
  account: Account,
  region: PlaceState,
  via: ServiceCall | undefined,
): void {
  const action = `${operation.service.signingName}:${operation.name}`;
  const reason = deniedByEndpoint(action, region, via) ?? deniedByIdentity(action, caller, account);
  if (reason !== undefined) throw denied(operation, caller, action, reason);
}

function deniedByIdentity(action: string, caller: Principal, account: Account): string | undefined {
  if (caller.kind === 'user' || freeActions.includes(action)) return undefined;
  const role = account.roles.get(caller.roleName);
  const decision = role ? decideForRole(role, action, '*') : 'implicitDeny';
  if (decision === 'allowed') return undefined;
  return decision === 'explicitDeny'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
}

function deniedByEndpoint(action: string, region: PlaceState, via: ServiceCall | undefined): string | undefined {
  const text = via?.endpointId && region.endpoints.get(via.endpointId)?.policyDocument;
  const document = text ? parsePolicy(text) : undefined;
  if (!document) return undefined;
  const decision = decide([document], action, '*');
  if (decision === 'allowed') return undefined;
  return decision === 'explicitDeny'
    ? 'with an explicit deny in a VPC endpoint policy'
    : `because no VPC endpoint policy allows the ${action} action`;
}

function denied({ service }: OperationModel, caller: Principal, action: string, reason: string): ServiceFault {
  return signInFaults[service.protocol].denied(`User: ${caller.arn} is not authorized to perform: ${action} ${reason}`);
}
