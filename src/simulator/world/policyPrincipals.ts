import { type PolicyDocument, type PolicyStatement, speaksOf } from './policyDocument';
import type { RequestFacts } from './policyVariables';

/** Who asks, as policies of resources name somebody. */
export interface AskingPrincipal {
  readonly accountId: string;
  /** Of the user or the role. */
  readonly arn: string;
  /** Of a role's session. */
  readonly sessionArn: string | undefined;
}

/** What is asked of a resource. */
export interface ResourceQuestion {
  readonly action: string;
  readonly resource: string;
  readonly facts: RequestFacts;
}

/** `byAccount`: to the account of who asks, which still has to let them. */
export type ResourceDecision = 'denied' | 'allowed' | 'byAccount' | 'silent';

type PrincipalMatch = 'directly' | 'byAccount' | 'not';

/** What a resource's policy says to somebody; a denial wins ("Policy evaluation logic"). */
export function decideForPrincipal(
  document: PolicyDocument,
  asking: AskingPrincipal,
  { action, resource, facts }: ResourceQuestion,
): ResourceDecision {
  const matches = document.Statement.filter(statement => speaksOf(statement, action, resource, facts)).map(
    statement => ({ effect: statement.Effect, match: matchPrincipal(statement, asking) }),
  );
  const meant = matches.filter(({ match }) => match !== 'not');
  if (meant.some(({ effect }) => effect === 'Deny')) return 'denied';
  if (meant.some(({ match }) => match === 'directly')) return 'allowed';
  return meant.length > 0 ? 'byAccount' : 'silent';
}

/** "AWS JSON policy elements: Principal", "NotPrincipal". */
function matchPrincipal({ Principal, NotPrincipal }: PolicyStatement, asking: AskingPrincipal): PrincipalMatch {
  if (NotPrincipal !== undefined) return matchNames(NotPrincipal, asking) === 'not' ? 'directly' : 'not';
  return Principal === undefined ? 'not' : matchNames(Principal, asking);
}

function matchNames(principal: NonNullable<PolicyStatement['Principal']>, asking: AskingPrincipal): PrincipalMatch {
  const names = principal === '*' ? ['*'] : [principal.AWS ?? []].flat();
  const own = [asking.arn, asking.sessionArn];
  if (names.some(name => name === '*' || own.includes(name))) return 'directly';
  const account = [asking.accountId, `arn:aws:iam::${asking.accountId}:root`];
  return names.some(name => account.includes(name)) ? 'byAccount' : 'not';
}
