import type { NodeTag } from '../contributions';
import type { ResourceTarget } from './targets';

/** What a resource's node says of itself to the menus of all resources. */
export function resourceTags({ scope, resource }: ResourceTarget): readonly NodeTag[] {
  return [
    'resource',
    ...(resource.dnsName ? (['named'] as const) : []),
    ...(scope.kind === 'live' ? (['live'] as const) : []),
  ];
}
