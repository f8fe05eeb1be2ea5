import * as vscode from 'vscode';
import type { ResourceStore, ScopeStore } from '../../app/appModel';
import { hasConnections, planLoadBalancerRemoval, planServiceRemoval } from '../../app/operations/removeService';
import { readBalancerOf } from '../../app/readServices';
import type { ServiceDetails, ServiceLoadBalancer } from '../../app/serviceDetails';
import type { Clock } from '../../base/clock';
import { t } from '../../words/translation';
import { confirmRemoval } from '../changes/confirmRemoval';
import { pickScope } from '../pickers/pickScope';
import { pickService } from '../pickers/pickService';
import type { LoadBalancerTarget, ServiceTarget } from '../views/targets';
import { balancerItem } from './serviceSteps';

/** One question that names who still uses the service; asked again when somebody has connected in the meantime. */
export function deleteServiceCommand(scopes: ScopeStore, store: ResourceStore<ServiceDetails>) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickService(scopes, store, t('Which service shall be deleted?')));
    if (!chosen) return false;
    const { scope, service } = chosen;
    for (;;) {
      const details = (await store.refresh(scope)).find(item => item.service.id === service.id);
      if (!details) return true;
      try {
        return (await confirmRemoval(scopes, scope, planServiceRemoval(scope, details, store))) !== undefined;
      } catch (error) {
        if (!hasConnections(error)) throw error;
      }
    }
  };
}

/** A load balancer with its listeners, and the target groups that nothing else uses. */
export function deleteLoadBalancerCommand(scopes: ScopeStore, store: ResourceStore<ServiceDetails>, clock: Clock) {
  return async (target: LoadBalancerTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickBalancer(scopes));
    if (!chosen) return false;
    const { scope, loadBalancer } = chosen;
    const done = await confirmRemoval(scopes, scope, planLoadBalancerRemoval(scope, loadBalancer, clock));
    void store.noteChange(scope);
    return done !== undefined;
  };
}

async function pickBalancer(scopes: ScopeStore): Promise<LoadBalancerTarget | undefined> {
  const scope = await pickScope(scopes, t('Which scope?'));
  if (!scope) return undefined;
  const gateways = await scope.gateways();
  const balancers = (await gateways.loadBalancers.listLoadBalancers()).filter(({ kind }) => kind === 'network');
  if (balancers.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} has {1} in {2}.', scope.label, t('no load balancers'), scope.region),
    );
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(balancers.map(balancerItem), {
    placeHolder: t('Which load balancer shall be deleted?'),
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  const loadBalancer: ServiceLoadBalancer = await readBalancerOf(gateways, chosen.value);
  return { scope, loadBalancer };
}
