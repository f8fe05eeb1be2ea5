import type { CallContext } from './operations/operation';
import { askingPrincipal } from './requestFacts';
import { parsePolicy } from './world/policyDocument';
import { decideForPrincipal, type ResourceQuestion } from './world/policyPrincipals';

/**
 * Why the policy of the endpoint that a call came through does not let it pass; undefined when it does, or when there is no endpoint. The
 * endpoint may belong to another account than the caller ("Control access to VPC endpoints using endpoint policies").
 */
export function deniedByEndpoint(
  context: Pick<CallContext, 'world' | 'via' | 'account' | 'caller'>,
  question: ResourceQuestion,
): string | undefined {
  const { world, via } = context;
  const id = via?.endpointId;
  if (id === undefined) return undefined;
  const endpoint = [...world.regions].map(({ endpoints }) => endpoints.get(id)).find(found => found !== undefined);
  const document = endpoint?.policyDocument ? parsePolicy(endpoint.policyDocument) : undefined;
  if (!document) return undefined;
  const decision = decideForPrincipal(document, askingPrincipal(context), question);
  if (decision === 'denied') return 'with an explicit deny in a VPC endpoint policy';
  return decision === 'silent' ? `because no VPC endpoint policy allows the ${question.action} action` : undefined;
}
