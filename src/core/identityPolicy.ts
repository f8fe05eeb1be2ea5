/** IAM policies of roles, as far as one action on every resource is concerned ("IAM User Guide: Policy evaluation logic"). */
import { type PolicyStatement, statementsOf } from './policyStatements';

export type PolicyEffect = 'allows' | 'denies' | 'silent';

/**
 * What a policy says of an action. Statements with conditions, or for some resources only, neither allow nor deny it here: what they come to
 * depends on the request. A document that is no policy is silent.
 */
export function policyEffect(document: string, action: string): PolicyEffect {
  const effects = statementsOf(document)
    .filter(statement => isUnconditional(statement) && speaksOf(statement, action))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'denies';
  return effects.includes('Allow') ? 'allows' : 'silent';
}

function isUnconditional({ Resource, Condition }: PolicyStatement): boolean {
  return Condition === undefined && [Resource].flat().includes('*');
}

function speaksOf({ Action, NotAction }: PolicyStatement, action: string): boolean {
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
