import type { PolicyDecision } from '../world/policyDocument';
import type { Principal } from '../world/principal';
import type { NeededPermission } from './neededPermission';

const mark = 'practice';

/** What a refusal was about, as `DecodeAuthorizationMessage` tells it, in a form that nobody reads by chance. */
export function encodeAuthorizationMessage(
  caller: Principal,
  { action, resource }: NeededPermission,
  decision: PolicyDecision,
): string {
  const message = {
    allowed: false,
    explicitDeny: decision === 'explicitDeny',
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { id: caller.userId, arn: caller.arn },
      action,
      resource,
      conditions: { items: [] },
    },
  };
  const text = mark + encodeURIComponent(JSON.stringify(message));
  return btoa([...text].reverse().join(''))
    .replaceAll('=', '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Undefined for what was not encoded here. */
export function decodeAuthorizationMessage(encoded: string): string | undefined {
  try {
    const text = [...atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))].reverse().join('');
    return text.startsWith(mark) ? decodeURIComponent(text.slice(mark.length)) : undefined;
  } catch {
    return undefined;
  }
}
