import { planNatGateway } from '../../../app/operations/network/planNatGateway';
import { t } from '../../../words/translation';
import { nameStep, subnetStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** A public NAT gateway in a subnet. */
export const natGatewayWizard: OpenNetworkWizard = (scope, choices) => {
  const input = { subnet: firstOf(choices.subnets), name: undefined as string | undefined };
  return {
    steps: [
      subnetStep(choices, input, t('In which subnet? Its route table must lead to an internet gateway.')),
      nameStep(input),
    ],
    plan: () => planNatGateway(scope, { subnetId: input.subnet.id, name: input.name }),
  };
};
