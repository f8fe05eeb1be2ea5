import { planTableUse } from '../../../app/operations/network/planTableUse';
import { t } from '../../../words/translation';
import { subnetStep, tableStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** The route table that a subnet uses. */
export const tableUseWizard: OpenNetworkWizard = (scope, choices) => {
  const subnet = firstOf(choices.subnets);
  const input = { subnet, table: firstOf(choices.tables.filter(({ vpcId }) => vpcId === subnet.vpcId)) };
  return {
    steps: [
      subnetStep(choices, input, t('Which subnet?')),
      frame =>
        tableStep(
          choices.tables.filter(({ vpcId }) => vpcId === input.subnet.vpcId),
          input,
        )(frame),
    ],
    plan: () => {
      const current = choices.tables.find(({ subnetIds }) => subnetIds.includes(input.subnet.id));
      return planTableUse(scope, { ...input, current });
    },
  };
};
