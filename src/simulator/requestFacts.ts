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

/** "AWS global condition context keys"; a call from outside of the simulated network comes from this machine. */
export function requestFacts(source: FactSource): RequestFacts {
  const { caller, via, nowMs, region } = source;
  const principal = askingPrincipal(source);
  const facts = {
    ...sourceFacts(via),
    ...tagFacts(source),
    'aws:principalarn': principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': caller.kind === 'user' ? 'User' : 'AssumedRole',
    'aws:userid': caller.userId,
    'aws:username': caller.kind === 'user' ? caller.name : undefined,
    'aws:securetransport': 'true',
    'aws:currenttime': new Date(nowMs).toISOString(),
    'aws:epochtime': String(Math.floor(nowMs / millisecondsPerSecond)),
    'aws:requestedregion': region.place.region,
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function sourceFacts(via: CallContext['via']): Readonly<Record<string, string | undefined>> {
  if (via?.endpointId === undefined) return { 'aws:sourceip': via?.sourceAddress ?? '127.0.0.1' };
  return { 'aws:sourcevpce': via.endpointId, 'aws:sourcevpc': via.vpcId, 'aws:vpcsourceip': via.sourceAddress };
}

/** A session's own tags go before those of its role. */
function tagFacts({ account, caller }: FactSource): Readonly<Record<string, string>> {
  const session = caller.kind === 'role' ? caller.session?.tags : undefined;
  const tags = { ...holderOf(account, caller)?.tags, ...session };
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:principaltag/${key}`.toLowerCase(), value]),
  );
}
