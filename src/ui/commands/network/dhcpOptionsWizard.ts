import { planDhcpOptions } from '../../../app/operations/network/planDhcpOptions';
import { t } from '../../../words/translation';
import type { Step } from '../../wizard';
import { nameStep, textStep, vpcStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** Name servers and search domain of a VPC. */
export const dhcpOptionsWizard: OpenNetworkWizard = (scope, choices) => {
  const picked = { vpc: firstOf(choices.vpcs) };
  const input = { servers: 'AmazonProvidedDNS', domainName: '', name: undefined as string | undefined };
  return {
    steps: [vpcStep(choices, picked), serversStep(input), domainStep(input), nameStep(input)],
    plan: () =>
      planDhcpOptions(scope, {
        vpcId: picked.vpc.id,
        name: input.name,
        domainName: input.domainName || undefined,
        domainNameServers: serversOf(input.servers),
      }),
  };
};

const serversOf = (text: string) => text.split(/[\s,]+/).filter(Boolean);

function serversStep(input: { servers: string }): Step {
  return textStep(
    () => ({
      prompt: t('Name servers: AmazonProvidedDNS, or up to four addresses with spaces between.'),
      value: input.servers,
      problemOf: text => (serversOf(text).length === 0 ? t('At least one.') : undefined),
    }),
    text => {
      input.servers = text;
    },
  );
}

function domainStep(input: { domainName: string }): Step {
  return textStep(
    () => ({
      prompt: t('The domain that instances search in. Empty for none.'),
      value: input.domainName,
      problemOf: () => undefined,
    }),
    text => {
      input.domainName = text.trim();
    },
  );
}
