import { ServiceFault } from '../../protocols/serviceFault';
import type { PlaceState } from '../../world/placeState';

/** Parameters that do not count when two requests with one token are compared. */
const ignored: readonly string[] = ['ClientToken', 'DryRun'];

/**
 * Makes something at most once per token: the same token with the same parameters gives the same resources, with others it is refused
 * ("Ensuring idempotency in Amazon EC2 API requests").
 */
export function makeOnce(
  region: PlaceState,
  operation: string,
  input: { readonly ClientToken?: string | undefined },
  make: () => readonly string[],
): readonly string[] {
  const { ClientToken } = input;
  if (ClientToken === undefined || ClientToken === '') return make();
  if (ClientToken.length > 64)
    throw new ServiceFault(
      'InvalidParameterValue',
      'Invalid value for ClientToken. It may have at most 64 characters.',
    );
  const key = `${operation}/${ClientToken}`;
  const fingerprint = fingerprintOf(input);
  const used = region.clientTokens.get(key);
  if (used && used.fingerprint !== fingerprint) throw mismatch();
  if (used) return used.resourceIds;
  const resourceIds = make();
  region.clientTokens.set(key, { fingerprint, resourceIds });
  return resourceIds;
}

function mismatch(): ServiceFault {
  return new ServiceFault(
    'IdempotentParameterMismatch',
    'The client token you have provided is associated with a resource with different parameters. Please use a different client token.',
  );
}

function fingerprintOf(input: object): string {
  const members = Object.entries(input).filter(([name, value]) => !ignored.includes(name) && value !== undefined);
  return JSON.stringify(members.sort(([left], [right]) => (left < right ? -1 : 1)));
}
