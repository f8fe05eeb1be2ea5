import type { NetworkChoices } from '../../../app/operations/network/networkChoices';
import { planRouteTable } from '../../../app/operations/network/planRouteTable';
import type { Subnet, Vpc } from '../../../core/network';
import { t } from '../../../words/translation';
import { pickMany, type Step } from '../../wizard';
import { nameStep, subnetItem, vpcStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** A route table, and the subnets that use it at once. */
export const routeTableWizard: OpenNetworkWizard = (scope, choices) => {
  const picked = { vpc: firstOf(choices.vpcs) };
  const input = { subnetIds: [] as readonly Subnet['id'][], name: undefined as string | undefined };
  return {
    steps: [vpcStep(choices, picked), subnetsStep(choices, picked, input), nameStep(input)],
    plan: () => planRouteTable(scope, { ...input, vpcId: picked.vpc.id }),
  };
};

function subnetsStep(
  { subnets }: NetworkChoices,
  picked: { readonly vpc: Vpc },
  input: { subnetIds: readonly Subnet['id'][] },
): Step {
  return frame =>
    pickMany(
      frame,
      {
        placeholder: t('Which subnets shall use it? None is possible.'),
        selected: input.subnetIds,
        problemOf: () => undefined,
        items: subnets
          .filter(({ vpcId }) => vpcId === picked.vpc.id)
          .map(value => ({ ...subnetItem(value), value: value.id })),
      },
      ids => {
        input.subnetIds = ids;
      },
    );
}
