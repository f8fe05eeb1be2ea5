/** The questions of the wizard that say how a service is reached. */
import { privateDnsChoice } from '../../app/operations/choosePrivateDns';
import { securityGroupChoices } from '../../app/operations/chooseSecurityGroup';
import { findService, NAME_MAX_LENGTH, planEndpoint, suggestName } from '../../app/operations/planEndpoint';
import { endpointAddressTypes } from '../../core/addressTypes';
import type { SecurityGroupId } from '../../core/ids';
import { addressTypeNeeds, addressTypeWords } from '../../words/addressTypes';
import { privateDnsObstacleWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import { enterText, type PickItem, pickMany, pickOne, type Step, type StepFrame, type StepOutcome } from '../wizard';
import type { InterfaceWizard } from './interfaceEndpointPlaces';
import { policyStep } from './policyStep';

/** Only what the service offers is asked for. */
export function addressTypeStep(wizard: InterfaceWizard): Step {
  return frame => {
    const { choices, answers } = wizard;
    const plan = planEndpoint(choices, answers);
    const types = endpointAddressTypes(findService(choices, plan.serviceName)?.ipAddressTypes ?? []);
    const items = types.map(value => ({ label: addressTypeWords(value), description: addressTypeNeeds(value), value }));
    return pickOne(
      frame,
      {
        placeholder: t('Which addresses shall the interfaces have?'),
        active: plan.ipAddressType ?? 'ipv4',
        items,
      },
      type => {
        answers.ipAddressType = type === 'ipv4' ? undefined : type;
      },
    );
  };
}

type GroupChoice = SecurityGroupId | 'make' | 'several';

export function securityGroupStep(wizard: InterfaceWizard): Step {
  return async frame => {
    const { choices, answers } = wizard;
    for (;;) {
      const { vpcId, securityGroupIds } = planEndpoint(choices, answers);
      const groups = groupItems(wizard);
      const own: PickItem<GroupChoice> = {
        label: t('$(add) Make a group that admits 443 from the VPC'),
        value: 'make',
      };
      const several: PickItem<GroupChoice> = { label: t('$(list-selection) Several groups…'), value: 'several' };
      let chosen = 'make' as GroupChoice;
      const outcome = await pickOne<GroupChoice>(
        frame,
        {
          placeholder: t('Which security group guards the endpoint? It must admit TCP 443 from those who use it.'),
          active: securityGroupIds?.[0] ?? 'make',
          items: securityGroupIds ? [...groups, own, several] : [own, ...groups, several],
        },
        choice => {
          chosen = choice;
        },
      );
      if (outcome !== 'next') return outcome;
      if (chosen !== 'several') {
        answers.vpcId = vpcId;
        answers.securityGroupIds = chosen === 'make' ? undefined : [chosen];
        return 'next';
      }
      const picked = await severalGroups(wizard, frame);
      if (picked !== 'back') return picked;
    }
  };
}

function groupItems({ choices, answers }: InterfaceWizard): readonly PickItem<SecurityGroupId>[] {
  const { vpcId } = planEndpoint(choices, answers);
  return securityGroupChoices(choices, vpcId).map(({ group, admitsHttpsFromVpc }) => ({
    label: group.name,
    description: group.id,
    detail: admitsHttpsFromVpc
      ? t('$(pass) admits 443 from the whole VPC')
      : t('$(warning) does not admit 443 from the whole VPC'),
    value: group.id,
  }));
}

function severalGroups(wizard: InterfaceWizard, frame: StepFrame): Promise<StepOutcome> {
  return pickMany<SecurityGroupId>(
    frame,
    {
      placeholder: t('Which security groups? What any of them admits is admitted.'),
      items: groupItems(wizard),
      selected: wizard.answers.securityGroupIds ?? [],
      problemOf: ids => (ids.length === 0 ? t('Choose at least one group.') : undefined),
    },
    ids => {
      wizard.answers.securityGroupIds = ids;
    },
  );
}

type PrivateDnsAnswer = 'on' | 'fix' | 'off';

export function privateDnsStep(wizard: InterfaceWizard): Step {
  return frame => {
    const { choices, answers } = wizard;
    const plan = planEndpoint(choices, answers);
    const { obstacle } = privateDnsChoice(choices, plan.vpcId, plan.serviceName);
    const attributes = obstacle?.kind === 'attributesOff' ? obstacle.attributes : [];
    const name = findService(choices, plan.serviceName)?.privateDnsName ?? plan.serviceName;
    const fix: PickItem<PrivateDnsAnswer> = {
      label: t('Private DNS on, and the DNS attributes of the VPC with it'),
      detail: t('Switches {0} of {1} on first.', attributes.join(', '), plan.vpcId),
      value: 'fix',
    };
    return pickOne<PrivateDnsAnswer>(
      frame,
      {
        placeholder: t('Shall {0} lead to the endpoint inside the VPC?', name),
        active: !plan.privateDnsEnabled ? 'off' : plan.dnsAttributesToEnable ? 'fix' : 'on',
        items: [
          ...(attributes.length > 0 ? [fix] : []),
          {
            label: t('Private DNS on'),
            detail: obstacle
              ? `$(warning) ${privateDnsObstacleWords(obstacle)}`
              : t('Programs use the endpoint without any change.'),
            value: 'on',
          },
          {
            label: t('Private DNS off'),
            detail: t('Only calls that name the endpoint use it; all others go the public way.'),
            value: 'off',
          },
        ],
      },
      answer => {
        answers.privateDnsEnabled = answer !== 'off';
        answers.dnsAttributesToEnable = answer === 'fix' ? attributes : undefined;
      },
    );
  };
}

export function endpointPolicyStep(wizard: InterfaceWizard): Step {
  const serviceName = () => planEndpoint(wizard.choices, wizard.answers).serviceName;
  return policyStep({
    isOffered: () => findService(wizard.choices, serviceName())?.isPolicySupported ?? true,
    accept: document => {
      wizard.answers.policyDocument = document;
    },
  });
}

export function endpointNameStep(wizard: InterfaceWizard): Step {
  return frame => {
    const { choices, answers } = wizard;
    const plan = planEndpoint(choices, answers);
    return enterText(
      frame,
      {
        prompt: t('A name for the endpoint (its Name tag). Empty for none.'),
        value: 'name' in answers ? (answers.name ?? '') : suggestName(choices, plan.serviceName),
        problemOf: nameProblem,
      },
      name => {
        answers.name = name.trim() || undefined;
      },
    );
  };
}

/** Why a Name tag cannot be. */
export function nameProblem(value: string): string | undefined {
  return value.length > NAME_MAX_LENGTH ? t('A name has at most {0} characters.', NAME_MAX_LENGTH) : undefined;
}
