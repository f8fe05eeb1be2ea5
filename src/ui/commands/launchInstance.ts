import * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import type { LaunchChoices, LaunchRequest } from '../../app/instancePlan';
import { planLaunch } from '../../app/operations/launchInstance';
import { planLaunchRequest, readLaunchChoices } from '../../app/operations/readLaunchChoices';
import type { Clock } from '../../base/clock';
import type { SecurityGroupId } from '../../core/ids';
import { type Instance, nameOrId } from '../../core/network';
import { instanceHourlyPriceUsd } from '../../core/prices';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, pickMany, pickOne, runSteps, type Step, withFollowUp } from '../wizard';
import { profileItems } from './profileItems';

type Answers = { -readonly [Key in keyof LaunchRequest]?: LaunchRequest[Key] };

/** Asks step by step and launches an instance. Resolves with it, or undefined when given up. */
export function launchInstanceCommand(scopes: ScopeStore, store: ResourceStore<InstanceEntry>, clock: Clock) {
  return async (target: ScopeTarget | undefined): Promise<Instance | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Launch the instance in which scope?')));
    if (!scope) return undefined;
    const choices = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Reading the network of {0}…', scope.label),
        cancellable: true,
      },
      (_progress, token) => readLaunchChoices(scope, { signal: abortSignal(token) }),
    );
    const answers: Answers = {};
    const request = () => planLaunchRequest(choices, answers);
    // One plan for the last step and for what follows it: its client token is the request's.
    let plan = planLaunch(scope, choices, request(), { clock, store });
    const isConfirmed = await runSteps(t('Launch instance'), [
      vpcStep(choices, answers, request),
      subnetStep(choices, answers, request),
      typeStep(answers, request),
      groupStep(choices, answers, request),
      withFollowUp(profileStep(choices, answers, request), waitStep(answers, request), () => !!request().profile),
      addressStep(answers, request),
      nameStep(answers),
      summaryStep(scope, () => {
        plan = planLaunch(scope, choices, request(), { clock, store });
        return plan;
      }),
    ]);
    return isConfirmed ? carryOut(scope, plan) : undefined;
  };
}

type Request = () => LaunchRequest;

function vpcStep({ vpcs }: LaunchChoices, answers: Answers, request: Request): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which VPC?'),
        active: request().vpcId,
        items: vpcs.map(vpc => ({
          label: nameOrId(vpc),
          description: [vpc.cidrBlocks.join(', '), vpc.isDefault ? t('default VPC') : ''].filter(Boolean).join(' · '),
          detail: vpc.id,
          value: vpc.id,
        })),
      },
      vpcId => {
        if (vpcId !== answers.vpcId) {
          delete answers.subnetId;
          delete answers.securityGroupIds;
        }
        answers.vpcId = vpcId;
      },
    );
}

function subnetStep({ subnets }: LaunchChoices, answers: Answers, request: Request): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which subnet?'),
        active: request().subnetId,
        items: subnets
          .filter(({ vpcId }) => vpcId === request().vpcId)
          .map(subnet => ({
            label: nameOrId(subnet),
            description: `${subnet.availabilityZone} · ${subnet.cidrBlock}`,
            detail: t('{0} addresses free', subnet.availableIpAddressCount),
            value: subnet.id,
          })),
      },
      subnetId => {
        if (subnetId !== answers.subnetId) delete answers.hasPublicAddress;
        answers.subnetId = subnetId;
      },
    );
}

function typeStep(answers: Answers, request: Request): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Which type? Every step of the labs works on t3.micro.'),
        active: request().instanceType,
        items: Object.entries(instanceHourlyPriceUsd).map(([type, price]) => ({
          label: type,
          description: t('about {0} USD an hour (us-east-1)', price),
          value: type,
        })),
      },
      instanceType => {
        answers.instanceType = instanceType;
      },
    );
}

function groupStep({ securityGroups }: LaunchChoices, answers: Answers, request: Request): Step {
  return frame =>
    pickMany<SecurityGroupId>(
      frame,
      {
        placeholder: t('Which security groups? None: a new one of its own, which admits nothing.'),
        selected: request().securityGroupIds ?? [],
        problemOf: ids => (ids.length > 5 ? t('An interface wears at most 5 groups.') : undefined),
        items: securityGroups
          .filter(({ vpcId }) => vpcId === request().vpcId)
          .map(group => ({ label: group.name, description: group.id, detail: group.description, value: group.id })),
      },
      ids => {
        answers.securityGroupIds = ids.length > 0 ? ids : undefined;
      },
    );
}

function profileStep({ profiles, takenNames }: LaunchChoices, answers: Answers, request: Request): Step {
  return frame => {
    const current = request().profile;
    const none = {
      label: t('$(circle-slash) No instance profile'),
      detail: t('Session Manager does not reach it then.'),
      value: undefined,
    };
    const items = [...profileItems(profiles, takenNames, current), none];
    return pickOne<LaunchRequest['profile']>(
      frame,
      {
        placeholder: t('Which instance profile? Its role says what the instance may do.'),
        active: items.find(({ value }) => value?.name === current?.name)?.value,
        items,
      },
      profile => {
        answers.profile = profile;
      },
    );
  };
}

function addressStep(answers: Answers, request: Request): Step {
  return frame =>
    pickOne<boolean>(
      frame,
      {
        placeholder: t('Shall it have a public address?'),
        active: request().hasPublicAddress,
        items: [
          {
            label: t('With a public address'),
            detail: t('Reaches the internet through an internet gateway.'),
            value: true,
          },
          { label: t('No public address'), detail: t('Private: endpoints or a NAT gateway lead out.'), value: false },
        ],
      },
      hasPublicAddress => {
        answers.hasPublicAddress = hasPublicAddress;
      },
    );
}

/** AWS's limit for the value of a tag. */
const NAME_MAX_LENGTH = 256;

function nameStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('A name for the instance (its Name tag). Empty for none.'),
        value: answers.name ?? '',
        problemOf: value =>
          value.length > NAME_MAX_LENGTH ? t('A name has at most {0} characters.', NAME_MAX_LENGTH) : undefined,
      },
      name => {
        answers.name = name.trim() || undefined;
      },
    );
}

function waitStep(answers: Answers, request: Request): Step {
  return frame =>
    pickOne<boolean>(
      frame,
      {
        placeholder: t('Wait until Session Manager reaches it?'),
        active: request().waitsUntilOnline,
        items: [
          { label: t('Wait until it is online'), detail: t('One to two minutes, with progress.'), value: true },
          { label: t('Do not wait'), detail: t('The view shows when it is.'), value: false },
        ],
      },
      waits => {
        answers.waitsUntilOnline = waits;
      },
    );
}
