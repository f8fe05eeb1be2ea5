import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { updateDetails } from '../../world/instanceLife';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { detailsOf } from './instanceShapes';
import { checkInstances } from './instances';

function describe(
  input: Ec2.DescribeInstanceCreditSpecificationsRequest,
  { region }: CallContext,
): Ec2.DescribeInstanceCreditSpecificationsResult {
  const ids = input.InstanceIds ?? [];
  checkInstances(region, ids);
  const chosen = [...region.instances.values()].filter(
    instance =>
      (ids.length === 0 || ids.includes(instance.id)) &&
      instance.state !== 'terminated' &&
      detailsOf(region, instance).cpuCredits !== undefined,
  );
  const matching = applyFilters(chosen, input.Filters, { 'instance-id': (instance: Instance) => instance.id });
  const page = pageOf(matching, input, { least: 5, most: 1000 }, ({ id }) => id);
  return {
    InstanceCreditSpecifications: page.items.map(instance => ({
      InstanceId: instance.id,
      ...optional({ CpuCredits: detailsOf(region, instance).cpuCredits }),
    })),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Answers for each id, as bulk calls do. */
function modify(
  input: Ec2.ModifyInstanceCreditSpecificationRequest,
  { region }: CallContext,
): Ec2.ModifyInstanceCreditSpecificationResult {
  const asked = input.InstanceCreditSpecifications ?? [];
  for (const { InstanceId = '', CpuCredits } of asked) {
    const instance = find('instance', region.instances, InstanceId);
    if (CpuCredits !== 'standard' && CpuCredits !== 'unlimited')
      throw new ServiceFault('InvalidParameterValue', `Invalid value '${CpuCredits}' for CpuCredits.`);
    updateDetails(region, instance.id, { cpuCredits: CpuCredits });
  }
  return {
    SuccessfulInstanceCreditSpecifications: asked.map(({ InstanceId = '' }) => ({ InstanceId })),
    UnsuccessfulInstanceCreditSpecifications: [],
  };
}

export const creditSpecificationOperations: OperationTable = {
  DescribeInstanceCreditSpecifications: describe,
  ModifyInstanceCreditSpecification: modify,
};
