import type { Scope } from '../../../app/appModel';
import type { PlannedChange } from '../../../app/changes/plannedChange';
import type { NetworkChoices } from '../../../app/operations/network/networkChoices';
import { LabError } from '../../../core/errors';
import { t } from '../../../words/translation';
import type { Step } from '../../wizard';

/** The questions about one kind of building block, and what the answers come to. */
export interface NetworkWizard {
  readonly steps: readonly Step[];
  plan(): PlannedChange<unknown>;
}

/** Throws a `LabError` where the scope has nothing to choose from. */
export type OpenNetworkWizard = (scope: Scope, choices: NetworkChoices) => NetworkWizard;

/** Something that the wizard needs; a scope that has none of it says so. */
export function firstOf<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new LabError('resourceNotFound', { kind: t('a VPC, subnet or route target to use') });
  return first;
}
