import { faultedAnswers } from './faultedAnswers';
import { faultedEndpoints } from './faultedEndpoints';
import { faultedInstances } from './faultedInstances';
import { faultedNetwork } from './faultedNetwork';
import { faultedPeering } from './faultedPeering';
import { faultedServices } from './faultedServices';
import type { FaultedOperation } from './faultGround';

/** The writes of `app` that the fault runs try: each in a world of its own, planned before anything is disturbed. */
export const faultedOperations: readonly FaultedOperation[] = [
  ...faultedEndpoints,
  ...faultedServices,
  ...faultedAnswers,
  ...faultedPeering,
  ...faultedInstances,
  ...faultedNetwork,
];
