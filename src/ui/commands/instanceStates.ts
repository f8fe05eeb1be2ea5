import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { planInstanceStart, planInstanceStop, planTermination } from '../../app/operations/changeInstanceState';
import type { InstanceState } from '../../core/network';
import { t } from '../../words/translation';
import { carriedOut } from '../changes/carryOut';
import { confirmRemoval } from '../changes/confirmRemoval';
import { summaryStep } from '../changes/summaryStep';
import { pickInstance } from '../pickers/pickInstance';
import type { InstanceTarget } from '../views/targets';
import { runSteps } from '../wizard';

const inState =
  (...states: readonly InstanceState[]) =>
  ({ instance }: InstanceEntry) =>
    states.includes(instance.state);

/** Starts a stopped instance. Resolves with whether it was asked to start. */
export function startInstanceCommand(scopes: ScopeStore, store: ResourceStore<InstanceEntry>) {
  return async (target: InstanceTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickInstance(scopes, store, t('Start which instance?'), inState('stopped')));
    if (!chosen) return false;
    const { scope, instance } = chosen;
    const change = planInstanceStart(scope, instance, store);
    if (!(await runSteps(t('Start instance'), [summaryStep(scope, () => change)]))) return false;
    return carriedOut(scope, change);
  };
}

/** One dialog that names what is lost; resolves with whether it was asked to stop. */
export function stopInstanceCommand(scopes: ScopeStore, store: ResourceStore<InstanceEntry>) {
  return async (target: InstanceTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickInstance(scopes, store, t('Stop which instance?'), inState('running')));
    if (!chosen) return false;
    const { scope, instance } = chosen;
    return (await confirmRemoval(scopes, scope, planInstanceStop(scope, instance, store))) !== undefined;
  };
}

/** One dialog that names what is lost and what stops costing; resolves with whether it was terminated. */
export function terminateInstanceCommand(scopes: ScopeStore, store: ResourceStore<InstanceEntry>) {
  return async (target: InstanceTarget | undefined): Promise<boolean> => {
    const fits = inState('pending', 'running', 'stopping', 'stopped');
    const chosen = target ?? (await pickInstance(scopes, store, t('Terminate which instance?'), fits));
    if (!chosen) return false;
    const { scope, instance } = chosen;
    return (await confirmRemoval(scopes, scope, planTermination(scope, instance, store))) !== undefined;
  };
}
