import type { OperationTable } from '../operation';
import { attributeOperations } from './attributes';
import { elbv2TagOperations } from './elbv2Tags';
import { limitOperations } from './limits';
import { listenerOperations } from './listeners';
import { loadBalancerOperations } from './loadBalancers';
import { targetGroupOperations } from './targetGroups';
import { targetOperations } from './targets';

/** Everything that the simulated Elastic Load Balancing (version 2) does. */
export const elbv2Operations: OperationTable = {
  ...attributeOperations,
  ...elbv2TagOperations,
  ...limitOperations,
  ...listenerOperations,
  ...loadBalancerOperations,
  ...targetGroupOperations,
  ...targetOperations,
};
