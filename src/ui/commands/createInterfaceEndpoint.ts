import * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import type { CreateInterfaceEndpointRequest, EndpointChoices } from '../../app/endpointPlan';
import { privateDnsChoice } from '../../app/operations/choosePrivateDns';
import { securityGroupChoices } from '../../app/operations/chooseSecurityGroup';
import {
  NAME_MAX_LENGTH,
  planEndpoint,
  subnetChoices,
  subnetProblem,
  suggestName,
} from '../../app/operations/planEndpoint';
import { planInterfaceEndpoint } from '../../app/operations/planInterfaceEndpoint';
import { readEndpointChoices } from '../../app/operations/readEndpointChoices';
import type { SecurityGroupId, SubnetId } from '../../core/ids';
import { nameOrId, nameTag, type VpcEndpoint } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { privateDnsObstacleWords, subnetProblemWords } from '../../words/endpointPlans';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, type PickItem, pickMany, pickOne, runSteps, type Step } from '../wizard';

type Answers = Partial<{
  -readonly [Key in keyof CreateInterfaceEndpointRequest]: CreateInterfaceEndpointRequest[Key];
}>;

/** Asks step by step, each with a default, and makes the endpoint. Resolves with it, or undefined when given up. */
export function createInterfaceEndpointCommand(scopes: ScopeStore, store: ResourceStore<EndpointDetails>) {
  return async (target: ScopeTarget | undefined): Promise<VpcEndpoint | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the endpoint in which scope?')));
    if (!scope) return undefined;
    const choices = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Reading the network of {0}…', scope.label),
        cancellable: true,
      },
      (_progress, token) => readEndpointChoices(scope, {}, { signal: abortSignal(token) }),
    );
    const answers: Answers = {};
    const plan = () => planInterfaceEndpoint(scope, choices, planEndpoint(choices, answers), { store });
    const isConfirmed = await runSteps(t('Create interface endpoint'), [
      serviceStep(choices, answers),
      vpcStep(choices, answers),
      subnetStep(choices, answers),
      securityGroupStep(choices, answers),
      privateDnsStep(choices, answers),
      nameStep(choices, answers),
      summaryStep(scope, plan),
    ]);
    return isConfirmed ? carryOut(scope, plan()) : undefined;
  };
}

function serviceStep(choices: EndpointChoices, answers: Answers): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Which service shall be reached privately?'),
        active: planEndpoint(choices, answers).serviceName,
        items: choices.services.map(offer => ({
          label: serviceLabel(offer.serviceName),
          description: offer.serviceName,
          value: offer.serviceName,
          ...(offer.owner === 'amazon' ? {} : { detail: t('offered by {0}', offer.owner) }),
        })),
      },
      serviceName => {
        if (serviceName !== answers.serviceName) forget(answers, 'subnetIds', 'privateDnsEnabled', 'name');
        answers.serviceName = serviceName;
      },
    );
}

function vpcStep(choices: EndpointChoices, answers: Answers): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which VPC? Only its own instances, and networks attached to it, can use the endpoint.'),
        active: planEndpoint(choices, answers).vpcId,
        items: choices.vpcs.map(vpc => ({
          label: nameOrId(vpc),
          description: [vpc.cidrBlocks.join(', '), vpc.isDefault ? t('default VPC') : ''].filter(Boolean).join(' · '),
          detail: vpc.id,
          value: vpc.id,
        })),
      },
      vpcId => {
        if (vpcId !== answers.vpcId) forget(answers, 'subnetIds', 'securityGroupIds', 'privateDnsEnabled');
        answers.vpcId = vpcId;
      },
    );
}

function subnetStep(choices: EndpointChoices, answers: Answers): Step {
  return frame => {
    const { vpcId, serviceName, subnetIds } = planEndpoint(choices, answers);
    return pickMany<SubnetId>(
      frame,
      {
        placeholder: t('Which subnets? One for each zone; each gets an interface with a private address.'),
        selected: subnetIds,
        problemOf: ids => {
          const problem = subnetProblem(choices, vpcId, serviceName, ids);
          return problem && subnetProblemWords(problem);
        },
        items: subnetChoices(choices, vpcId, serviceName).map(({ subnet, isZoneSupported }) => ({
          label: nameOrId(subnet),
          description: [subnet.availabilityZone, subnet.cidrBlock, isZoneSupported ? '' : t('zone not offered')]
            .filter(Boolean)
            .join(' · '),
          detail: nameTag(subnet.tags) ? subnet.id : '',
          value: subnet.id,
        })),
      },
      ids => {
        answers.subnetIds = ids;
      },
    );
  };
}

function securityGroupStep(choices: EndpointChoices, answers: Answers): Step {
  return frame => {
    const { vpcId, securityGroupIds } = planEndpoint(choices, answers);
    const own: PickItem<SecurityGroupId | 'make'> = {
      label: t('$(add) Make a group that admits 443 from the VPC'),
      value: 'make',
    };
    const groups = securityGroupChoices(choices, vpcId).map(({ group, admitsHttpsFromVpc }) => ({
      label: group.name,
      description: group.id,
      detail: admitsHttpsFromVpc
        ? t('$(pass) admits 443 from the whole VPC')
        : t('$(warning) does not admit 443 from the whole VPC'),
      value: group.id as SecurityGroupId | 'make',
    }));
    return pickOne<SecurityGroupId | 'make'>(
      frame,
      {
        placeholder: t('Which security group guards the endpoint? It must admit TCP 443 from those who use it.'),
        active: securityGroupIds?.[0] ?? 'make',
        items: securityGroupIds ? [...groups, own] : [own, ...groups],
      },
      choice => {
        answers.securityGroupIds = choice === 'make' ? undefined : [choice];
      },
    );
  };
}

function privateDnsStep(choices: EndpointChoices, answers: Answers): Step {
  return frame => {
    const plan = planEndpoint(choices, answers);
    const { obstacle } = privateDnsChoice(choices, plan.vpcId, plan.serviceName);
    const name =
      choices.services.find(offer => offer.serviceName === plan.serviceName)?.privateDnsName ?? plan.serviceName;
    return pickOne(
      frame,
      {
        placeholder: t('Shall {0} lead to the endpoint inside the VPC?', name),
        active: plan.privateDnsEnabled,
        items: [
          {
            label: t('Private DNS on'),
            detail: obstacle
              ? `$(warning) ${privateDnsObstacleWords(obstacle)}`
              : t('Programs use the endpoint without any change.'),
            value: true,
          },
          {
            label: t('Private DNS off'),
            detail: t('Only calls that name the endpoint use it; all others go the public way.'),
            value: false,
          },
        ],
      },
      isOn => {
        answers.privateDnsEnabled = isOn;
      },
    );
  };
}

function nameStep(choices: EndpointChoices, answers: Answers): Step {
  return frame => {
    const plan = planEndpoint(choices, answers);
    return enterText(
      frame,
      {
        prompt: t('A name for the endpoint (its Name tag). Empty for none.'),
        value: 'name' in answers ? (answers.name ?? '') : suggestName(choices, plan.serviceName),
        problemOf: value =>
          value.length > NAME_MAX_LENGTH ? t('A name has at most {0} characters.', NAME_MAX_LENGTH) : undefined,
      },
      name => {
        answers.name = name.trim() || undefined;
      },
    );
  };
}

function forget(answers: Answers, ...keys: (keyof Answers)[]): void {
  for (const key of keys) delete answers[key];
}
