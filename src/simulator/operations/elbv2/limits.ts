import type { Elbv2 } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { elbv2Page, findByArn, kinds } from './elbv2Resources';

/** "Quotas for your Network Load Balancers". */
const limits: Readonly<Record<string, number>> = {
  'target-groups': 3000,
  'targets-per-target-group': 1000,
  'network-load-balancers': 50,
  'listeners-per-network-load-balancer': 50,
  'targets-per-network-load-balancer': 3000,
  'targets-per-availability-zone-per-network-load-balancer': 500,
  'target-groups-per-action-on-network-load-balancer': 1,
  'certificates-per-network-load-balancer': 25,
  'network-load-balancer-enis-per-vpc': 1200,
  'target-id-registrations-per-application-load-balancer': 1000,
};

function describeAccountLimits(input: Elbv2.DescribeAccountLimitsInput): Elbv2.DescribeAccountLimitsOutput {
  const { items, ending } = elbv2Page(Object.entries(limits), input, ([name]) => name);
  return { Limits: items.map(([Name, most]) => ({ Name, Max: String(most) })), ...ending };
}

/** Nobody reserves capacity here; Terraform reads this of every load balancer. */
function describeCapacityReservation(
  { LoadBalancerArn }: Elbv2.DescribeCapacityReservationInput,
  { region }: CallContext,
): Elbv2.DescribeCapacityReservationOutput {
  findByArn(kinds.loadBalancer, region, LoadBalancerArn);
  return { DecreaseRequestsRemaining: 2, CapacityReservationState: [] };
}

export const limitOperations: OperationTable = {
  DescribeAccountLimits: describeAccountLimits,
  DescribeCapacityReservation: describeCapacityReservation,
};
