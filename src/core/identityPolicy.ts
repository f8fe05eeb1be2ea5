/** IAM policies of roles, as far as one action on every resource is concerned ("IAM User Guide: Policy evaluation logic"). */

export type PolicyEffect = 'allows' | 'denies' | 'silent';

/**
 * What a policy says of an action. Statements with conditions, or for some resources only, neither allow nor deny it here: what they come to
 * depends on the request. A document that is no policy is silent.
 */
export function policyEffect(document: string, action: string): PolicyEffect {
  const effects = statementsIn(document)
    .filter(statement => isUnconditional(statement) && speaksOf(statement, action))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'denies';
  return effects.includes('Allow') ? 'allows' : 'silent';
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

function statementsIn(document: string): readonly Statement[] {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: unknown };
    return [statements].flat().filter(value => typeof value === 'object' && value !== null) as Statement[];
  } catch {
    return [];
  }
}

function isUnconditional({ Resource, Condition }: Statement): boolean {
  return Condition === undefined && [Resource].flat().includes('*');
}

function speaksOf({ Action, NotAction }: Statement, action: string): boolean {
  if (NotAction !== undefined) return !patterns(NotAction).some(pattern => pattern.test(action));
  return patterns(Action).some(pattern => pattern.test(action));
}

/** Actions are compared without regard to case; `*` and `?` stand for letters ("IAM JSON policy elements: Action"). */
function patterns(value: unknown): readonly RegExp[] {
  return [value]
    .flat()
    .filter(item => typeof item === 'string')
    .map(item => {
      const literal = item.replace(/[.+^${}()|[\]\\]/g, '\\$&');
      return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
    });
}
