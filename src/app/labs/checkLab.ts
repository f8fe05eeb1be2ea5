import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { Check } from '../../labs/check';
import { accountOf, type Lab, type Step } from '../../labs/lab';
import { noEvidence } from '../../labs/labEvidence';
import type { AccountRole } from '../../labs/labWorld';
import { readLabWorld } from './readLabWorld';

/** How a step stands, by looking alone. Undefined for a proof, which takes packets, and for the clean-up. */
export interface StepStanding {
  readonly step: Step;
  readonly check: Check | undefined;
}

/** Looks how far a lab is, whoever did its steps, and changes nothing. */
export async function checkLab(
  lab: Lab,
  accounts: ReadonlyMap<AccountRole, CloudGateways>,
  options: CallOptions = {},
): Promise<readonly StepStanding[]> {
  const world = await readLabWorld(accounts, lab, 'looking', options);
  return lab.steps.map(step => {
    const site = world.get(accountOf(lab, step));
    const isSeen = !step.proof && !step.isCleanUp && site !== undefined;
    return { step, check: isSeen ? step.done(site, noEvidence, world) : undefined };
  });
}
