import { admitsEverybody } from '../../core/allowedPrincipals';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import { nameOrId } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { EndpointServiceChange } from '../../core/ports/endpointServiceGateway';
import { acceptanceWords } from '../../words/services';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { awsCommand, type FlagValue } from '../changes/awsCommand';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import { changing } from '../changes/tellStore';
import type { ServiceDetails } from '../serviceDetails';

/** Where a change happens, and who is told of it. */
export interface ServicePlace {
  readonly scope: Scope;
  readonly service: EndpointServiceConfiguration;
  readonly store?: ResourceStore<ServiceDetails>;
}

/** Whether new endpoints wait for a yes. Those that are connected stay so. */
export function planAcceptanceChange(place: ServicePlace, isRequired: boolean): PlannedChange<void> {
  const warning = t('Whoever may use the service is connected at once; requests that wait already go on waiting.');
  return planModification(place, {
    label: isRequired ? t('Require acceptance') : t('Accept by itself'),
    fact: { icon: 'verified', label: t('Acceptance'), text: acceptanceWords(isRequired) },
    warnings: isRequired ? [] : [warning],
    change: { isAcceptanceRequired: isRequired },
    flags: { [isRequired ? 'acceptance-required' : 'no-acceptance-required']: true },
  });
}

/** Adding load balancers, or taking them away; AWS keeps those that endpoints use. */
export function planLoadBalancerChange(
  place: ServicePlace,
  arns: { readonly add: readonly string[]; readonly remove: readonly string[] },
): PlannedChange<void> {
  const { add, remove } = arns;
  const lines = [...add.map(arn => `+ ${shortArn(arn)}`), ...remove.map(arn => `− ${shortArn(arn)}`)];
  return planModification(place, {
    label: t('Change the load balancers'),
    fact: { icon: 'server-environment', label: t('Load balancers'), text: lines.join(', ') },
    warnings: [],
    change: { addNetworkLoadBalancerArns: add, removeNetworkLoadBalancerArns: remove },
    flags: {
      ...(add.length > 0 && { 'add-network-load-balancer-arns': add }),
      ...(remove.length > 0 && { 'remove-network-load-balancer-arns': remove }),
    },
  });
}

/** Giving the service a private DNS name, another one, or none. */
export function planPrivateDnsNameChange(place: ServicePlace, name: string | undefined): PlannedChange<void> {
  const before = place.service.privateDnsName?.name;
  const warning = before === undefined ? undefined : t('Endpoints that use {0} as a private name lose it.', before);
  return planModification(place, {
    label: name === undefined ? t('Remove the private DNS name') : t('Set the private DNS name'),
    fact: { icon: 'globe', label: t('Private DNS name'), text: name ?? t('none') },
    warnings: warning === undefined ? [] : [warning],
    change: { privateDnsName: name === undefined ? 'none' : { name } },
    flags: name === undefined ? { 'remove-private-dns-name': true } : { 'private-dns-name': name },
  });
}

/** Lets AWS look for the TXT record. */
export function planVerification({ scope, service, store }: ServicePlace): PlannedChange<void> {
  const { name = '', recordValue = '' } = service.privateDnsName ?? {};
  const start = async (call: CallOptions) =>
    (await scope.gateways()).endpointServices.startPrivateDnsVerification(service.id, call);
  return {
    label: t('Start the verification'),
    doing: t('Starting the verification of {0}', name),
    facts: [
      { icon: 'globe', label: t('Private DNS name'), text: name },
      { icon: 'symbol-string', label: t('TXT record'), text: recordValue },
    ],
    warnings: [t('The TXT record has to be in the public DNS first; AWS looks for it for ten minutes.')],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'start-vpc-endpoint-service-private-dns-verification', { 'service-id': service.id }),
    ],
    rehearse: start,
    run: () => changing(store, scope, service.id, start({})),
  };
}

/** Who may ask for the service. Endpoints that are connected stay so when their account is taken away. */
export function planPrincipalChange(
  { scope, service, store }: ServicePlace,
  principals: { readonly add: readonly string[]; readonly remove: readonly string[] },
): PlannedChange<void> {
  const { add, remove } = principals;
  const modify = async (call: CallOptions) =>
    (await scope.gateways()).endpointServices.modifyAllowedPrincipals(service.id, principals, call);
  const isOpen = admitsEverybody(add.map(principal => ({ principal })));
  return {
    label: add.length > 0 ? t('Allow the principals') : t('Remove the principals'),
    doing: t('Changing who may use {0}', nameOrId(service)),
    facts: [
      ...add.map(text => ({ icon: 'add', label: t('May ask'), text })),
      ...remove.map(text => ({ icon: 'remove', label: t('May no longer ask'), text })),
    ],
    warnings: [
      ...(isOpen ? [openWarning(service.isAcceptanceRequired)] : []),
      ...(remove.length > 0 ? [t('Endpoints that are connected stay so; reject them to cut them off.')] : []),
    ],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'modify-vpc-endpoint-service-permissions', {
        'service-id': service.id,
        ...(add.length > 0 && { 'add-allowed-principals': add }),
        ...(remove.length > 0 && { 'remove-allowed-principals': remove }),
      }),
    ],
    rehearse: modify,
    run: () => changing(store, scope, service.id, modify({})),
  };
}

/** What it means that everybody may ask. */
export function openWarning(isAcceptanceRequired: boolean): string {
  return isAcceptanceRequired
    ? t('Every AWS account may ask for the service; each request waits for you.')
    : t('Every AWS account can connect to the service at once, without asking.');
}

interface Modification {
  readonly label: string;
  readonly fact: ChangeFact;
  readonly warnings: readonly string[];
  readonly change: EndpointServiceChange;
  readonly flags: Readonly<Record<string, FlagValue>>;
}

function planModification(
  { scope, service, store }: ServicePlace,
  { label, fact, warnings, change, flags }: Modification,
): PlannedChange<void> {
  const modify = async (call: CallOptions) =>
    (await scope.gateways()).endpointServices.modifyService(service.id, change, call);
  return {
    label,
    doing: t('Changing {0}', nameOrId(service)),
    facts: [{ icon: 'cloud', label: t('Service'), text: service.serviceName }, fact],
    warnings,
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'modify-vpc-endpoint-service-configuration', { 'service-id': service.id, ...flags }),
    ],
    rehearse: modify,
    run: () => changing(store, scope, service.id, modify({})),
  };
}

/** `net/web/0123456789abcdef` of a load balancer's ARN. */
export function shortArn(arn: string): string {
  return arn.split(':loadbalancer/')[1] ?? arn;
}
