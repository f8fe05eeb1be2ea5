/** The questions of the wizard that say what is reached, and from where. */
import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { CreateInterfaceEndpointRequest, EndpointChoices } from '../../app/endpointPlan';
import { planEndpoint, subnetChoices, subnetProblem } from '../../app/operations/planEndpoint';
import { isServiceName, verifyService } from '../../app/operations/verifyService';
import type { SubnetId } from '../../core/ids';
import { type EndpointServiceOffer, nameOrId, nameTag } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { subnetProblemWords } from '../../words/endpointPlans';
import { notForInterfacesWords, verificationWords } from '../../words/serviceVerification';
import { t } from '../../words/translation';
import { enterText, type PickItem, pickMany, pickOne, type Step, type StepFrame, type StepOutcome } from '../wizard';

/** What was read and what was answered; a service that is looked up by name joins the choices. */
export interface InterfaceWizard {
  readonly scope: Scope;
  choices: EndpointChoices;
  readonly answers: Partial<{
    -readonly [Key in keyof CreateInterfaceEndpointRequest]: CreateInterfaceEndpointRequest[Key];
  }>;
}

type Answers = InterfaceWizard['answers'];

const BY_NAME = '';

/** The service, from the list or by its name. */
export function serviceStep(wizard: InterfaceWizard): Step {
  return async frame => {
    for (;;) {
      let chosen = BY_NAME;
      let typedName = '';
      const usual = planEndpoint(wizard.choices, wizard.answers).serviceName;
      const outcome = await pickOne(
        frame,
        {
          placeholder: t('Which service shall be reached privately?'),
          active: usual,
          items: [byNameItem(), ...usualFirst(wizard.choices.services, usual).map(serviceItem)],
          typed: text => {
            typedName = isServiceName(text) ? text : '';
            return text === '' || matches(byNameItem(), text) ? undefined : { ...byNameItem(), alwaysShow: true };
          },
        },
        serviceName => {
          chosen = serviceName;
        },
      );
      if (outcome !== 'next') return outcome;
      if (chosen !== BY_NAME) {
        choose(wizard.answers, chosen, undefined);
        return 'next';
      }
      const named = await serviceByName(wizard, frame, typedName);
      if (named !== 'back') return named;
    }
  };
}

/** Stands first while nothing is typed, and last of what a text leaves: Enter takes a service. */
function byNameItem(): PickItem<string> {
  return {
    label: t('$(search) A service by its name…'),
    description: t('of another account, or of another region'),
    value: BY_NAME,
  };
}

function matches({ label, description = '' }: PickItem<string>, text: string): boolean {
  return [label, description].some(words => words.toLowerCase().includes(text.toLowerCase()));
}

/** The one that Enter takes stands where it is seen without scrolling. */
function usualFirst(services: readonly EndpointServiceOffer[], usual: string): readonly EndpointServiceOffer[] {
  return [...services].sort((a, b) => Number(b.serviceName === usual) - Number(a.serviceName === usual));
}

function serviceItem(offer: EndpointServiceOffer) {
  const zones = offer.availabilityZones.map(zone => zone.slice(-1)).join(', ');
  const facts = [
    offer.owner === 'amazon' ? '' : t('offered by {0}', offer.owner),
    zones && t('zones {0}', zones),
    offer.isAcceptanceRequired ? t('its owner must accept') : '',
  ];
  return {
    label: serviceLabel(offer.serviceName),
    description: offer.serviceName,
    detail: facts.filter(Boolean).join(' · '),
    value: offer.serviceName,
  };
}

/** Asks AWS whether it shows the service to this account, until it does or the person gives up. */
async function serviceByName(wizard: InterfaceWizard, frame: StepFrame, typed: string): Promise<StepOutcome> {
  let name = typed;
  let problem: string | undefined;
  for (;;) {
    const refused = name;
    const why = problem;
    const outcome = await enterText(
      { ...frame, number: Math.max(frame.number, 2) },
      {
        prompt: t('The full name: com.amazonaws.vpce.<region>.vpce-svc-…'),
        value: name,
        problemOf: value => (value === refused ? why : undefined),
      },
      value => {
        name = value.trim();
      },
    );
    if (outcome !== 'next') return outcome;
    problem = await verify(wizard, name);
    if (problem === undefined) return 'next';
  }
}

/** Takes the service when it is there; else says why it cannot be. */
async function verify(wizard: InterfaceWizard, name: string): Promise<string | undefined> {
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Asking AWS for {0}…', name) },
    () => verifyService(wizard.scope, name),
  );
  if (answer.kind !== 'found') return verificationWords(answer, name, wizard.scope.region);
  const offer = answer.offers.find(({ kind }) => kind === 'interface');
  if (!offer) return notForInterfacesWords(answer.offers.map(({ kind }) => kind));
  const others = wizard.choices.services.filter(({ serviceName }) => serviceName !== offer.serviceName);
  wizard.choices = { ...wizard.choices, services: [...others, offer] };
  choose(wizard.answers, offer.serviceName, answer.otherRegion);
  return undefined;
}

function choose(answers: Answers, serviceName: string, serviceRegion: string | undefined): void {
  if (serviceName !== answers.serviceName)
    forget(answers, 'subnetIds', 'privateDnsEnabled', 'name', 'ipAddressType', 'policyDocument');
  answers.serviceName = serviceName;
  answers.serviceRegion = serviceRegion;
}

export function vpcStep(wizard: InterfaceWizard): Step {
  return frame => {
    const { choices, answers } = wizard;
    return pickOne(
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
  };
}

export function subnetStep(wizard: InterfaceWizard): Step {
  return frame => {
    const { choices, answers } = wizard;
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
          description: [
            `${subnet.availabilityZone} (${subnet.availabilityZoneId})`,
            subnet.cidrBlock,
            isZoneSupported ? '' : t('zone not offered'),
          ]
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

function forget(answers: Answers, ...keys: (keyof Answers)[]): void {
  for (const key of keys) delete answers[key];
}
