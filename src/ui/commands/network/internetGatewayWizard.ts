import { planInternetGateway } from '../../../app/operations/network/planInternetGateway';
import { nameStep, vpcStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** An internet gateway, attached to a VPC. */
export const internetGatewayWizard: OpenNetworkWizard = (scope, choices) => {
  const picked = { vpc: firstOf(choices.vpcs) };
  const input = { name: undefined as string | undefined };
  return {
    steps: [vpcStep(choices, picked), nameStep(input)],
    plan: () => planInternetGateway(scope, { ...input, vpcId: picked.vpc.id }),
  };
};
