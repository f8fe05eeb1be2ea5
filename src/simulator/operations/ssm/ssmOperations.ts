import type { OperationTable } from '../operation';
import { commandReportOperations } from './commandReports';
import { commandOperations } from './commands';
import { documentOperations } from './documents';
import { documentTagOperations } from './documentTags';
import { managedInstanceOperations } from './managedInstances';
import { parameterOperations } from './parameters';
import { sessionOperations } from './sessions';

/** Everything that the simulated Systems Manager does. */
export const ssmOperations: OperationTable = {
  ...commandOperations,
  ...commandReportOperations,
  ...documentOperations,
  ...documentTagOperations,
  ...managedInstanceOperations,
  ...parameterOperations,
  ...sessionOperations,
};
