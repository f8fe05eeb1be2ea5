import type { Scope } from '../../app/appModel';
import type { PlannedChange } from '../../app/changes/plannedChange';
import { runSteps, type Step } from '../wizard';
import { carryOut } from './carryOut';
import { summaryStep } from './summaryStep';

/** Asks, shows what will happen, and does it. Resolves with whether it was done, and what it made. */
export async function reviewChange<Result>(
  scope: Scope,
  title: string,
  steps: readonly Step[],
  plan: () => PlannedChange<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const isConfirmed = await runSteps(title, [...steps, summaryStep(scope, plan)]);
  if (!isConfirmed) return undefined;
  const change = plan();
  return carryOut(scope, {
    doing: change.doing,
    run: async context => ({ result: await change.run(context) }),
  });
}
