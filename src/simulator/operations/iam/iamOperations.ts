import type { OperationTable } from '../operation';
import { profileOperations } from './instanceProfiles';
import { roleOperations } from './roles';
import { simulationOperations } from './simulatePrincipalPolicy';

/** Everything that the simulated IAM does. */
export const iamOperations: OperationTable = { ...profileOperations, ...roleOperations, ...simulationOperations };
