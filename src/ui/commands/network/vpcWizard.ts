import { planVpc } from '../../../app/operations/network/planVpc';
import { rangeProblem, suggestVpcRange } from '../../../core/subnetRanges';
import { t } from '../../../words/translation';
import { pickOne, type Step } from '../../wizard';
import { nameStep, rangeStep } from './networkSteps';
import type { OpenNetworkWizard } from './networkWizard';

/** A VPC: its range, and whether its instances have names. */
export const vpcWizard: OpenNetworkWizard = (scope, choices) => {
  const input = {
    cidrBlock: suggestVpcRange(choices.vpcs.flatMap(({ cidrBlocks }) => cidrBlocks)),
    name: undefined as string | undefined,
    enableDnsHostnames: true,
  };
  return {
    steps: [rangeStep(input, rangeProblem), dnsStep(input), nameStep(input)],
    plan: () => planVpc(scope, input),
  };
};

function dnsStep(input: { enableDnsHostnames: boolean }): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Shall instances have DNS host names?'),
        active: input.enableDnsHostnames,
        items: [
          { label: t('DNS host names on'), detail: t('Private DNS of endpoints needs them.'), value: true },
          { label: t('DNS host names off'), detail: t('As AWS leaves them.'), value: false },
        ],
      },
      value => {
        input.enableDnsHostnames = value;
      },
    );
}
