import * as vscode from 'vscode';
import type { ResourceStore, ScopeStore } from '../../app/appModel';
import type { PlannedChange } from '../../app/changes/plannedChange';
import {
  planAcceptanceChange,
  planLoadBalancerChange,
  planPrincipalChange,
  planPrivateDnsNameChange,
  planVerification,
  type ServicePlace,
  shortArn,
} from '../../app/operations/changeService';
import { readServiceChoices } from '../../app/operations/readServiceChoices';
import type { ServiceDetails } from '../../app/serviceDetails';
import { principalArn, principalProblem } from '../../core/allowedPrincipals';
import { verificationRecordName } from '../../core/endpointServiceConfiguration';
import { LabError } from '../../core/errors';
import { nameOrId } from '../../core/network';
import { principalProblemWords } from '../../words/services';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { copyText } from '../copyText';
import { pickService } from '../pickers/pickService';
import type { PrincipalTarget, ServiceTarget } from '../views/targets';
import { enterText, pickMany, pickOne, runSteps, type Step } from '../wizard';
import { acceptanceStep, balancerItem, domainProblem } from './serviceSteps';

type Store = ResourceStore<ServiceDetails>;

/** Whether new endpoints wait for a yes. Resolves with whether it was changed, as the others here do. */
export function changeAcceptanceCommand(scopes: ScopeStore, store: Store) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const place = await placeOf(scopes, store, target, t('Change the acceptance of which service?'));
    if (!place) return false;
    const answer = { isAcceptanceRequired: !place.service.isAcceptanceRequired };
    return carriedOut(place, t('Change acceptance'), [acceptanceStep(answer)], () =>
      planAcceptanceChange(place, answer.isAcceptanceRequired),
    );
  };
}

/** Lets somebody ask for the service. */
export function allowPrincipalCommand(scopes: ScopeStore, store: Store) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const place = await placeOf(scopes, store, target, t('Who may ask for which service?'));
    if (!place) return false;
    let typed = '';
    const question: Step = frame =>
      enterText(
        frame,
        {
          prompt: t('Who may ask for it? An account’s 12 digits, the ARN of a user or role, or * for everybody.'),
          value: typed,
          problemOf: text => {
            const problem = principalProblem(text, place.scope.region);
            return problem && principalProblemWords(problem);
          },
        },
        text => {
          typed = text;
        },
      );
    return carriedOut(place, t('Allow a principal'), [question], () =>
      planPrincipalChange(place, { add: [principalArn(typed, place.scope.region)], remove: [] }),
    );
  };
}

/** Takes principals away: the one that was clicked, or those that are chosen. */
export function removePrincipalCommand(scopes: ScopeStore, store: Store) {
  return async (target: PrincipalTarget | ServiceTarget | undefined): Promise<boolean> => {
    const place = await placeOf(scopes, store, target, t('Who may no longer ask for which service?'));
    if (!place) return false;
    let remove: readonly string[] = target && 'principal' in target ? [target.principal.principal] : [];
    const isClicked = remove.length > 0;
    const { endpointServices } = await place.scope.gateways();
    const known = isClicked ? [] : await endpointServices.listAllowedPrincipals(place.service.id);
    if (!isClicked && known.length === 0) {
      void vscode.window.showInformationMessage(t('{0} allows nobody but its own account.', nameOrId(place.service)));
      return false;
    }
    const question: Step = frame =>
      pickMany(
        frame,
        {
          placeholder: t('Who may no longer ask for it?'),
          items: known.map(({ principal }) => ({ label: principal, value: principal })),
          selected: remove,
          problemOf: values => (values.length === 0 ? t('Choose at least one.') : undefined),
        },
        values => {
          remove = values;
        },
      );
    const questions = isClicked ? [] : [question];
    return carriedOut(place, t('Remove principals'), questions, () => planPrincipalChange(place, { add: [], remove }));
  };
}

/** Which network load balancers stand behind the service. */
export function changeLoadBalancersCommand(scopes: ScopeStore, store: Store) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const place = await placeOf(scopes, store, target, t('Change the load balancers of which service?'));
    if (!place) return false;
    const before = place.service.loadBalancerArns;
    const { freeBalancers } = await readServiceChoices(place.scope);
    const own = new Map(
      store.find(place.scope, place.service.id)?.loadBalancers.map(each => [each.arn, each.balancer]),
    );
    const items = [
      ...before.map(arn => {
        const balancer = own.get(arn);
        return balancer ? balancerItem(balancer) : { label: shortArn(arn), value: arn };
      }),
      ...freeBalancers.filter(({ arn }) => !before.includes(arn)).map(balancerItem),
    ];
    const isSame = (arns: readonly string[]) =>
      arns.length === before.length && arns.every(arn => before.includes(arn));
    let after = before;
    const question: Step = frame =>
      pickMany(
        frame,
        {
          placeholder: t('Which load balancers stand behind the service?'),
          items,
          selected: after,
          problemOf: values => {
            if (values.length === 0) return t('A service needs at least one.');
            return isSame(values) ? t('as it is now') : undefined;
          },
        },
        values => {
          after = values;
        },
      );
    const plan = () => {
      const add = after.filter(arn => !before.includes(arn));
      return planLoadBalancerChange(place, { add, remove: before.filter(arn => !after.includes(arn)) });
    };
    return carriedOut(place, t('Change load balancers'), [question], plan);
  };
}

/** The name that consumers may use in place of the endpoint's own ones; empty for none. */
export function changePrivateDnsNameCommand(scopes: ScopeStore, store: Store) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const place = await placeOf(scopes, store, target, t('Change the private DNS name of which service?'));
    if (!place) return false;
    let name = place.service.privateDnsName?.name ?? '';
    const question: Step = frame =>
      enterText(
        frame,
        {
          prompt: t('A domain name of yours, such as api.example.com. Empty for none.'),
          value: name,
          problemOf: domainProblem,
        },
        text => {
          name = text.trim();
        },
      );
    const plan = () => planPrivateDnsNameChange(place, name || undefined);
    return carriedOut(place, t('Change the private DNS name'), [question], plan);
  };
}

/** Shows the TXT record to publish, then lets AWS look for it. */
export function verifyPrivateDnsNameCommand(scopes: ScopeStore, store: Store) {
  return async (target: ServiceTarget | undefined): Promise<boolean> => {
    const hasName = ({ service }: ServiceDetails) => service.privateDnsName !== undefined;
    const place = await placeOf(scopes, store, target, t('Verify the private DNS name of which service?'), hasName);
    const name = place?.service.privateDnsName;
    if (!place) return false;
    if (!name) {
      void vscode.window.showInformationMessage(t('{0} has no private DNS name.', nameOrId(place.service)));
      return false;
    }
    const record = `${verificationRecordName(name)} TXT "${name.recordValue}"`;
    const question: Step = async frame => {
      for (;;) {
        let choice = 'go' as 'go' | 'copy';
        const outcome = await pickOne<'go' | 'copy'>(
          frame,
          {
            placeholder: t('Publish this TXT record in the public DNS, then go on.'),
            active: 'go',
            items: [
              { label: t('$(check) It is published: go on'), description: record, value: 'go' },
              { label: t('$(copy) Copy the record'), detail: record, value: 'copy' },
            ],
          },
          value => {
            choice = value;
          },
        );
        if (outcome !== 'next' || choice === 'go') return outcome;
        await copyText(record);
      }
    };
    return carriedOut(place, t('Verify the private DNS name'), [question], () => planVerification(place));
  };
}

/** The service as AWS has it now, with where it is. */
async function placeOf(
  scopes: ScopeStore,
  store: Store,
  target: ServiceTarget | undefined,
  placeholder: string,
  fits?: (details: ServiceDetails) => boolean,
): Promise<ServicePlace | undefined> {
  const chosen = target ?? (await pickService(scopes, store, placeholder, fits));
  if (!chosen) return undefined;
  const { scope } = chosen;
  const { id } = chosen.service;
  const service = await (await scope.gateways()).endpointServices.findOwnService(id);
  if (!service) throw new LabError('resourceNotFound', { id });
  return { scope, service, store };
}

async function carriedOut(
  { scope }: ServicePlace,
  title: string,
  questions: readonly Step[],
  plan: () => PlannedChange<void>,
): Promise<boolean> {
  if (!(await runSteps(title, [...questions, summaryStep(scope, plan)]))) return false;
  const done = await carryOut(scope, {
    ...plan(),
    run: async context =>
      plan()
        .run(context)
        .then(() => true),
  });
  if (done) void vscode.window.setStatusBarMessage(`${title}: ${t('done')}`, 5_000);
  return done ?? false;
}
