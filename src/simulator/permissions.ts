import { deniedByEndpoint } from './endpointPolicy';
import type { CallContext } from './operations/operation';
import type { ServiceFault } from './protocols/serviceFault';
import type { OperationModel } from './protocols/serviceModels';
import { signInFaults } from './protocols/signInFaults';
import { requestFacts } from './requestFacts';
import { decideForCaller } from './world/account';
import type { ResourceQuestion } from './world/policyPrincipals';
import type { Principal } from './world/principal';

/** Calls that need no permission ("GetCallerIdentity"). */
const freeActions: readonly string[] = ['sts:GetCallerIdentity'];

/** Refuses what the caller's policies, or the policy of the endpoint that the call came through, do not allow. */
export function checkPermission(operation: OperationModel, context: CallContext): void {
  const action = `${operation.service.signingName}:${operation.name}`;
  const question = { action, resource: '*', facts: requestFacts(context) };
  const reason = deniedByEndpoint(context, question) ?? deniedByIdentity(context, question);
  if (reason !== undefined) throw denied(operation, context.caller, action, reason);
}

function deniedByIdentity({ caller, account }: CallContext, question: ResourceQuestion): string | undefined {
  const { action, resource, facts } = question;
  if (freeActions.includes(action)) return undefined;
  const decision = decideForCaller(account, caller, action, resource, facts);
  if (decision === 'allowed') return undefined;
  return decision === 'explicitDeny'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
}

function denied({ service }: OperationModel, caller: Principal, action: string, reason: string): ServiceFault {
  return signInFaults[service.protocol].denied(`User: ${caller.arn} is not authorized to perform: ${action} ${reason}`);
}
