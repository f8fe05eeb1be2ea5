import type { CallContext } from './operations/operation';
import { holderOf } from './world/account';
import type { AskingPrincipal } from './world/policyPrincipals';
import type { RequestFacts } from './world/policyVariables';

export type FactSource = Pick<CallContext, 'account' | 'caller' | 'via' | 'nowMs' | 'region'>;

const millisecondsPerSecond = 1000;

/** Who calls, as policies of resources name them. */
export function askingPrincipal({ caller, account }: Pick<CallContext, 'account' | 'caller'>): AskingPrincipal {
  const { accountId, arn } = caller;
  if (caller.kind === 'user') return { accountId, arn, sessionArn: undefined };
  return { accountId, arn: account.roles.get(caller.roleName)?.arn ?? arn, sessionArn: arn };
}

/**
 * "AWS global condition context keys"; a call from outside of the simulated network comes from this machine. Keys are added one by one: every call asks
 * for this, and spreading is many times slower.
 */
export function requestFacts(source: FactSource): RequestFacts {
  const { caller, nowMs, region } = source;
  const principal = askingPrincipal(source);
  const facts: Record<string, string> = {
    'aws:principalarn': principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': caller.kind === 'user' ? 'User' : 'AssumedRole',
    'aws:userid': caller.userId,
    'aws:securetransport': 'true',
    'aws:currenttime': new Date(nowMs).toISOString(),
    'aws:epochtime': String(Math.floor(nowMs / millisecondsPerSecond)),
    'aws:requestedregion': region.place.region,
  };
  addSourceFacts(facts, source);
  addTagFacts(facts, source);
  return facts;
}

function addSourceFacts(facts: Record<string, string>, { caller, via }: FactSource): void {
  if (caller.kind === 'user') facts['aws:username'] = caller.name;
  if (via?.endpointId === undefined) {
    facts['aws:sourceip'] = via?.sourceAddress ?? '127.0.0.1';
    return;
  }
  facts['aws:sourcevpce'] = via.endpointId;
  facts['aws:vpcsourceip'] = via.sourceAddress;
  if (via.vpcId !== undefined) facts['aws:sourcevpc'] = via.vpcId;
}

/** A session's own tags go before those of its role. */
function addTagFacts(facts: Record<string, string>, { account, caller }: FactSource): void {
  const session = caller.kind === 'role' ? caller.session?.tags : undefined;
  for (const tags of [holderOf(account, caller)?.tags ?? {}, session ?? {}])
    for (const [key, value] of Object.entries(tags)) facts[`aws:principaltag/${key}`.toLowerCase()] = value;
}
