import type { OperationTable } from '../operation';
import { commandReportOperations } from './commandReports';
import { commandOperations } from './commands';
import { documentOperations } from './documents';
import { managedInstanceOperations } from './managedInstances';
import { parameterOperations } from './parameters';
import { resourceTagOperations } from './resourceTags';
import { sessionOperations } from './sessions';

/** Everything that the simulated Systems Manager does. */
export const ssmOperations: OperationTable = {
  ...commandOperations,
  ...commandReportOperations,
  ...documentOperations,
  ...resourceTagOperations,
  ...managedInstanceOperations,
  ...parameterOperations,
  ...sessionOperations,
};
