import type { NetworkChoices } from '../../../app/operations/network/networkChoices';
import { planSubnet } from '../../../app/operations/network/planSubnet';
import { subnetRangeProblem, suggestSubnetRange } from '../../../core/subnetRanges';
import { t } from '../../../words/translation';
import { pickOne, type Step } from '../../wizard';
import { nameStep, rangeStep, vpcStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** A subnet: its VPC and zone, and a range that is free there. */
export const subnetWizard: OpenNetworkWizard = (scope, choices) => {
  const picked = { vpc: firstOf(choices.vpcs) };
  const input = {
    cidrBlock: '',
    availabilityZone: choices.availabilityZones[0],
    name: undefined as string | undefined,
  };
  const suggest: Step = async frame => {
    input.cidrBlock = suggestSubnetRange(picked.vpc, choices.subnets) ?? '';
    return rangeStep(input, text => subnetRangeProblem(text, picked.vpc, choices.subnets))(frame);
  };
  return {
    steps: [vpcStep(choices, picked), zoneStep(choices, input), suggest, nameStep(input)],
    plan: () => planSubnet(scope, { ...input, vpcId: picked.vpc.id }),
  };
};

function zoneStep({ availabilityZones }: NetworkChoices, input: { availabilityZone: string | undefined }): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which zone?'),
        active: input.availabilityZone,
        items: availabilityZones.map(value => ({ label: value, value: value as string | undefined })),
      },
      value => {
        input.availabilityZone = value;
      },
    );
}
