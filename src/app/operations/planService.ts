import type { Clock } from '../../base/clock';
import type { EndpointServiceConfiguration } from '../../core/endpointServiceConfiguration';
import { LabError } from '../../core/errors';
import type { LoadBalancerDescription } from '../../core/loadBalancerDescription';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import { acceptanceWords } from '../../words/services';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { awsCommand, RawWord, tagFlag } from '../changes/awsCommand';
import type { ChangeContext, ChangeFact, PlannedChange } from '../changes/plannedChange';
import { changing, making } from '../changes/tellStore';
import type { ServiceDetails } from '../serviceDetails';
import { untilState } from '../untilState';
import { openWarning } from './changeService';

/** An endpoint service as it is wanted, whatever stands behind it. */
export interface ServiceRequest {
  /** Its Name tag. */
  readonly name: string | undefined;
  readonly isAcceptanceRequired: boolean;
  /** ARNs or `*`; empty: nobody but the own account. */
  readonly principals: readonly string[];
  readonly privateDnsName: string | undefined;
}

export interface ServiceParts {
  readonly clock: Clock;
  readonly store?: ResourceStore<ServiceDetails>;
}

const activeLimitMs = 15 * 60_000;

/** Making an endpoint service of a load balancer that is there. */
export function planService(
  scope: Scope,
  balancer: LoadBalancerDescription,
  request: ServiceRequest,
  parts: ServiceParts,
): PlannedChange<EndpointServiceConfiguration> {
  const clientToken = crypto.randomUUID();
  return {
    label: t('Create the endpoint service'),
    doing: t('Creating the endpoint service'),
    facts: [{ icon: 'server-environment', label: t('Load balancer'), text: balancer.name }, ...serviceFacts(request)],
    warnings: serviceWarnings(request),
    hourlyPriceUsd: 0,
    commandLines: serviceCommands(scope, request, balancer.arn),
    rehearse: async call => create(await scope.gateways(), balancer.arn, request, clientToken, call),
    run: async context => {
      await untilActive(scope, balancer.arn, parts.clock, context);
      return createService(scope, balancer.arn, request, clientToken, parts, context);
    },
  };
}

export function serviceFacts({ name, isAcceptanceRequired, principals, privateDnsName }: ServiceRequest) {
  const facts: readonly (ChangeFact | undefined)[] = [
    name === undefined ? undefined : { icon: 'tag', label: t('Name'), text: name },
    { icon: 'verified', label: t('Acceptance'), text: acceptanceWords(isAcceptanceRequired) },
    { icon: 'person', label: t('May ask'), text: principals.join(', ') || t('nobody but this account') },
    privateDnsName === undefined ? undefined : { icon: 'globe', label: t('Private DNS name'), text: privateDnsName },
  ];
  return facts.filter(fact => fact !== undefined);
}

export function serviceWarnings({
  principals,
  isAcceptanceRequired,
  privateDnsName,
}: ServiceRequest): readonly string[] {
  return [
    ...(principals.includes('*') ? [openWarning(isAcceptanceRequired)] : []),
    ...(privateDnsName === undefined
      ? []
      : [t('{0} works for consumers only after you have proved by a TXT record that it is yours.', privateDnsName)]),
  ];
}

/** `arn` is text, or a variable of the shell that an earlier line has set. */
export function serviceCommands(scope: Scope, request: ServiceRequest, arn: string | RawWord): readonly string[] {
  const { isAcceptanceRequired, principals, privateDnsName, name } = request;
  const create = awsCommand(scope, 'ec2', 'create-vpc-endpoint-service-configuration', {
    'network-load-balancer-arns': arn,
    [isAcceptanceRequired ? 'acceptance-required' : 'no-acceptance-required']: true,
    'private-dns-name': privateDnsName,
    'tag-specifications': tagFlag('vpc-endpoint-service', name === undefined ? {} : { Name: name }),
  });
  if (principals.length === 0) return [create];
  const allow = awsCommand(scope, 'ec2', 'modify-vpc-endpoint-service-permissions', {
    'service-id': new RawWord('"$SERVICE_ID"'),
    'add-allowed-principals': principals,
  });
  return [`SERVICE_ID=$(${create} --query ServiceConfiguration.ServiceId --output text)`, allow];
}

/** A new load balancer takes minutes; AWS makes no service of one that is not active. */
export async function untilActive(
  scope: Scope,
  arn: string,
  clock: Clock,
  { signal, report }: ChangeContext,
): Promise<void> {
  const { loadBalancers } = await scope.gateways();
  report(t('Waiting for the load balancer'));
  const read = async () => {
    const balancer = await loadBalancers.findLoadBalancer(arn, { signal });
    if (!balancer) throw new LabError('resourceNotFound', { id: arn });
    if (balancer.state === 'failed') throw new LabError('loadBalancerFailed', { loadBalancer: balancer.name });
    return balancer.state === 'provisioning' ? undefined : balancer;
  };
  await untilState(clock, read, { limitMs: activeLimitMs, waitingFor: arn }, signal);
}

function create(
  { endpointServices }: CloudGateways,
  arn: string,
  { isAcceptanceRequired, privateDnsName, name }: ServiceRequest,
  clientToken: string,
  call: CallOptions,
): Promise<EndpointServiceConfiguration> {
  const tags = name === undefined ? {} : { Name: name };
  return endpointServices.createService(
    { networkLoadBalancerArns: [arn], isAcceptanceRequired, privateDnsName, tags, clientToken },
    call,
  );
}

/** The service, and who may ask for it. */
export async function createService(
  scope: Scope,
  arn: string,
  request: ServiceRequest,
  clientToken: string,
  { store }: ServiceParts,
  { signal, report, made }: ChangeContext,
): Promise<EndpointServiceConfiguration> {
  const gateways = await scope.gateways();
  signal.throwIfAborted();
  report(t('Creating the endpoint service'));
  const service = await making(store, scope, create(gateways, arn, request, clientToken, {}));
  made({
    id: service.id,
    label: t('endpoint service {0}', service.id),
    remove: async call => {
      await gateways.endpointServices.deleteService(service.id, call);
      void store?.noteChange(scope, service.id);
    },
  });
  if (request.principals.length > 0) {
    signal.throwIfAborted();
    report(t('Allowing the principals'));
    const allowing = gateways.endpointServices.modifyAllowedPrincipals(service.id, { add: request.principals });
    await changing(store, scope, service.id, allowing);
  }
  return service;
}
