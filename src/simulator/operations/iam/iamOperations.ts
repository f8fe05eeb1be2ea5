import type { OperationTable } from '../operation';
import { accessKeyOperations } from './accessKeys';
import { profileOperations } from './instanceProfiles';
import { managedPolicyOperations } from './managedPolicies';
import { policyVersionOperations } from './policyVersions';
import { roleOperations } from './roles';
import { simulationOperations } from './simulatePrincipalPolicy';
import { userOperations } from './users';

/** Everything that the simulated IAM does. */
export const iamOperations: OperationTable = {
  ...accessKeyOperations,
  ...managedPolicyOperations,
  ...policyVersionOperations,
  ...profileOperations,
  ...roleOperations,
  ...simulationOperations,
  ...userOperations,
};
