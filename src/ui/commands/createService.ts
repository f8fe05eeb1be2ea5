import * as vscode from 'vscode';
import type { ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { planService, type ServiceParts, type ServiceRequest } from '../../app/operations/planService';
import { planServiceFromInstance } from '../../app/operations/planServiceFromInstance';
import { readServiceChoices, type ServiceChoices } from '../../app/operations/readServiceChoices';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { Clock } from '../../base/clock';
import { principalArn, principalProblem } from '../../core/allowedPrincipals';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import type { LoadBalancerDescription } from '../../core/loadBalancerDescription';
import { type Instance, nameOrId } from '../../core/network';
import { principalProblemWords } from '../../words/services';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, pickOne, runSteps, type Step, withFollowUp } from '../wizard';
import { acceptanceStep, balancerItem, domainProblem } from './serviceSteps';

interface Answers {
  source: LoadBalancerDescription | Instance | undefined;
  port: number;
  isAcceptanceRequired: boolean;
  principals: string;
  privateDnsName: string;
  name: string;
}

/** Asks step by step and makes an endpoint service of a load balancer, or of an instance. Resolves with it, or undefined when given up. */
export function createServiceCommand(scopes: ScopeStore, store: ResourceStore<ServiceDetails>, clock: Clock) {
  return async (target: ScopeTarget | undefined): Promise<EndpointServiceConfiguration | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the endpoint service in which scope?')));
    if (!scope) return undefined;
    const choices = await readChoices(scope);
    if (choices.freeBalancers.length + choices.instances.length === 0) {
      void vscode.window.showInformationMessage(
        t('{0} has neither a free network load balancer nor a running instance in {1}.', scope.label, scope.region),
      );
      return undefined;
    }
    const answers: Answers = {
      source: choices.freeBalancers[0] ?? choices.instances[0],
      port: 80,
      isAcceptanceRequired: true,
      principals: '',
      privateDnsName: '',
      name: '',
    };
    const plan = () => planOf(scope, choices, answers, { clock, store });
    const steps = [
      withFollowUp(sourceStep(choices, answers), portStep(answers), () => !isBalancer(answers.source)),
      acceptanceStep(answers),
      principalStep(scope, answers),
      privateDnsNameStep(answers),
      nameStep(answers),
      summaryStep(scope, plan),
    ];
    return (await runSteps(t('Create endpoint service'), steps)) ? carryOut(scope, plan()) : undefined;
  };
}

function readChoices(scope: Scope): Thenable<ServiceChoices> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Reading the network of {0}…', scope.label),
      cancellable: true,
    },
    (_progress, token) => readServiceChoices(scope, { signal: abortSignal(token) }),
  );
}

function planOf(scope: Scope, choices: ServiceChoices, answers: Answers, parts: ServiceParts) {
  const request: ServiceRequest = {
    name: answers.name || undefined,
    isAcceptanceRequired: answers.isAcceptanceRequired,
    principals: principalsOf(answers.principals, scope.region),
    privateDnsName: answers.privateDnsName || undefined,
  };
  const { source, port } = answers;
  if (isBalancer(source)) return planService(scope, source, request, parts);
  return planServiceFromInstance(scope, choices, { instance: source as Instance, port }, request, parts);
}

function isBalancer(source: Answers['source']): source is LoadBalancerDescription {
  return source !== undefined && 'arn' in source;
}

function principalsOf(text: string, region: string): readonly string[] {
  const words = text.split(/[\s;]+/).filter(Boolean);
  return [...new Set(words.map(word => principalArn(word, region)))];
}

function sourceStep({ freeBalancers, instances }: ServiceChoices, answers: Answers): Step {
  return frame =>
    pickOne<Answers['source']>(
      frame,
      {
        placeholder: t('What shall be offered? A load balancer that is there, or an instance.'),
        active: answers.source,
        items: [
          ...freeBalancers.map(balancer => ({ ...balancerItem(balancer), value: balancer })),
          ...instances.map(instance => ({
            label: nameOrId(instance),
            description: [instance.privateIpAddress, instance.instanceType].filter(Boolean).join(' · '),
            detail: t('an instance: target group and internal load balancer are made on the way'),
            value: instance,
          })),
        ],
      },
      source => {
        answers.source = source;
      },
    );
}

function portStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('On which TCP port does the instance serve?'),
        value: String(answers.port),
        problemOf: text =>
          /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
            ? undefined
            : t('A port is 1 to 65535.'),
      },
      text => {
        answers.port = Number(text);
      },
    );
}

function principalStep(scope: Scope, answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t(
          'Who may ask for it? Accounts (12 digits), ARNs or *, with spaces between. Empty: only this account.',
        ),
        value: answers.principals,
        problemOf: text => {
          const problem = principalsOf(text, scope.region)
            .map(principal => principalProblem(principal, scope.region))
            .find(Boolean);
          return problem && principalProblemWords(problem);
        },
      },
      text => {
        answers.principals = text;
      },
    );
}

function privateDnsNameStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('A private DNS name for consumers, of a domain of yours. Empty for none.'),
        value: answers.privateDnsName,
        problemOf: domainProblem,
      },
      text => {
        answers.privateDnsName = text.trim();
      },
    );
}

function nameStep(answers: Answers): Step {
  const suggestion = () => (isBalancer(answers.source) ? answers.source.name : `vpc-labs-service`);
  return frame =>
    enterText(
      frame,
      {
        prompt: t('A name for the service (its Name tag). Empty for none.'),
        value: answers.name || suggestion(),
        problemOf: text => (text.length > 255 ? t('A name has at most {0} characters.', 255) : undefined),
      },
      text => {
        answers.name = text.trim();
      },
    );
}
