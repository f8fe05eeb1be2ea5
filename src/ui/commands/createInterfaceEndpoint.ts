import * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { planEndpoint } from '../../app/operations/planEndpoint';
import { planInterfaceEndpoint } from '../../app/operations/planInterfaceEndpoint';
import { readEndpointChoices } from '../../app/operations/readEndpointChoices';
import type { VpcEndpoint } from '../../core/network';
import { t } from '../../words/translation';
import { abortSignal } from '../abortSignal';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { runSteps } from '../wizard';
import {
  addressTypeStep,
  endpointNameStep,
  endpointPolicyStep,
  privateDnsStep,
  securityGroupStep,
} from './interfaceEndpointOptions';
import { type InterfaceWizard, serviceStep, subnetStep, vpcStep } from './interfaceEndpointPlaces';

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
    const wizard: InterfaceWizard = { scope, choices, answers: {} };
    const plan = () =>
      planInterfaceEndpoint(scope, wizard.choices, planEndpoint(wizard.choices, wizard.answers), { store });
    const isConfirmed = await runSteps(t('Create interface endpoint'), [
      serviceStep(wizard),
      vpcStep(wizard),
      subnetStep(wizard),
      addressTypeStep(wizard),
      securityGroupStep(wizard),
      privateDnsStep(wizard),
      endpointPolicyStep(wizard),
      endpointNameStep(wizard),
      summaryStep(scope, plan),
    ]);
    return isConfirmed ? carryOut(scope, plan()) : undefined;
  };
}
