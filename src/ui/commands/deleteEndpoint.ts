import type { EndpointEntry, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { planEndpointRemoval } from '../../app/operations/planEndpointRemoval';
import type { Stores } from '../../app/stores';
import { t } from '../../words/translation';
import { confirmRemoval } from '../changes/confirmRemoval';
import { pickAnyEndpoint } from '../pickers/pickAnyEndpoint';
import type { EndpointTarget, InstanceConnectTarget } from '../views/targets';

type Target = EndpointTarget | InstanceConnectTarget;

/** One dialog that names what is lost, for one or for all that are selected; resolves with whether they were deleted. */
export function deleteEndpointCommand(
  scopes: ScopeStore,
  { endpoints, instanceConnectEndpoints }: Pick<Stores, 'endpoints' | 'instanceConnectEndpoints'>,
  every: ResourceStore<EndpointEntry>,
) {
  const entryOf = (target: Target): EndpointEntry =>
    'endpoint' in target
      ? (endpoints.find(target.scope, target.endpoint.id) ?? {
          endpoint: target.endpoint,
          interfaces: [],
          securityGroups: [],
          routeTables: [],
          gaps: [],
        })
      : (instanceConnectEndpoints.find(target.scope, target.instanceConnect.id) ?? {
          instanceConnect: target.instanceConnect,
          interfaces: [],
          subnet: undefined,
          securityGroups: [],
          gaps: [],
        });
  return async (target: Target | undefined, selection?: readonly unknown[]): Promise<boolean> => {
    const chosen = target ?? (await pickAnyEndpoint(scopes, every, t('Which endpoint shall be deleted?')));
    if (!chosen) return false;
    const targets = selectedWith(chosen, selection);
    const removal = planEndpointRemoval(chosen.scope, targets.map(entryOf), { endpoints, instanceConnectEndpoints });
    return (await confirmRemoval(scopes, chosen.scope, removal)) !== undefined;
  };
}

/** What was selected of the same scope: one dialog names one account. */
function selectedWith(target: Target, selection: readonly unknown[] = []): readonly Target[] {
  const others = selection.filter((node): node is Target => isTarget(node, target.scope));
  return others.length > 1 ? others : [target];
}

function isTarget(node: unknown, scope: Scope): node is Target {
  if (typeof node !== 'object' || node === null || !('scope' in node) || node.scope !== scope) return false;
  return 'endpoint' in node || 'instanceConnect' in node;
}
