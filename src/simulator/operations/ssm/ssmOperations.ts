import type { OperationTable } from '../operation';
import { documentOperations } from './documents';
import { documentTagOperations } from './documentTags';
import { managedInstanceOperations } from './managedInstances';
import { parameterOperations } from './parameters';
import { sessionOperations } from './sessions';

/** Everything that the simulated Systems Manager does. */
export const ssmOperations: OperationTable = {
  ...documentOperations,
  ...documentTagOperations,
  ...managedInstanceOperations,
  ...parameterOperations,
  ...sessionOperations,
};
