import { LabError } from '../../core/errors';
import { nameOrId, type VpcEndpoint } from '../../core/network';
import { hourlyPriceUsd } from '../../core/prices';
import { serviceLabel } from '../../core/serviceNames';
import {
  endpointSummaryWords,
  gatewayLossWords,
  instanceConnectLossWords,
  lossWords,
  savingWords,
  sessionsLossWords,
} from '../../words/endpointPlans';
import { t } from '../../words/translation';
import type { EndpointDetails, EndpointEntry, InstanceConnectDetails, ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { ChangeContext, PlannedRemoval } from '../changes/plannedChange';
import { endpointLoss } from './deleteEndpoint';

interface RemovalStores {
  readonly endpoints?: ResourceStore<EndpointDetails>;
  readonly instanceConnectEndpoints?: ResourceStore<InstanceConnectDetails>;
}

/** Deleting endpoints of any kind of one scope, all in one go, with what is lost. */
export function planEndpointRemoval(
  scope: Scope,
  entries: readonly EndpointEntry[],
  stores: RemovalStores = {},
): PlannedRemoval {
  const [only] = entries;
  const name = entries.length === 1 && only ? nameOf(only) : t('{0} endpoints', entries.length);
  const saved = entries.reduce((sum, entry) => sum + priceOf(entry), 0);
  return {
    verb: entries.length === 1 ? t('Delete Endpoint') : t('Delete {0} Endpoints', entries.length),
    question: t('Delete {0}', name),
    doing: t('Deleting {0}', name),
    losses: [
      ...entries.map(entry => (entries.length === 1 ? lossOf(entry) : `${nameOf(entry)}: ${summaryOf(entry)}`)),
      ...(entries.some(carriesSessions) ? [sessionsLossWords()] : []),
      ...(saved > 0 ? [savingWords(saved)] : []),
    ],
    run: context => deleteAll(scope, entries, stores, context),
  };
}

function nameOf(entry: EndpointEntry): string {
  return nameOrId('endpoint' in entry ? entry.endpoint : entry.instanceConnect);
}

function lossOf(entry: EndpointEntry): string {
  if ('instanceConnect' in entry) return instanceConnectLossWords();
  const { endpoint, routeTables } = entry;
  if (endpoint.kind !== 'gateway') return lossWords(endpointLoss(entry));
  const subnets = routeTables.flatMap(table => table.subnets.map(nameOrId));
  return gatewayLossWords(serviceLabel(endpoint.serviceName), subnets);
}

/** One line for each of several. */
function summaryOf(entry: EndpointEntry): string {
  if ('instanceConnect' in entry) return endpointSummaryWords('instanceConnect', '', 0);
  const { kind, serviceName, networkInterfaceIds, routeTableIds } = entry.endpoint;
  return endpointSummaryWords(
    kind,
    serviceLabel(serviceName),
    kind === 'gateway' ? routeTableIds.length : networkInterfaceIds.length,
  );
}

/** Interface endpoints bill for each zone whatever their state; so do those of Gateway Load Balancers. */
function priceOf(entry: EndpointEntry): number {
  if ('instanceConnect' in entry || entry.endpoint.kind === 'gateway') return 0;
  return entry.endpoint.subnetIds.length * hourlyPriceUsd.interfaceEndpointZone;
}

/** Session Manager of instances without a way to the internet goes through these. */
function carriesSessions(entry: EndpointEntry): boolean {
  return 'endpoint' in entry && /\.(?:ssm|ssmmessages|ec2messages)$/.test(entry.endpoint.serviceName);
}

async function deleteAll(
  scope: Scope,
  entries: readonly EndpointEntry[],
  stores: RemovalStores,
  { signal }: ChangeContext,
): Promise<void> {
  const gateways = await scope.gateways();
  const endpoints = entries.flatMap(entry => ('endpoint' in entry ? entry.endpoint : []));
  const connects = entries.flatMap(entry => ('instanceConnect' in entry ? entry.instanceConnect : []));
  const ids = endpoints.map(({ id }) => id);
  try {
    const refused = ids.length > 0 ? await gateways.endpoints.deleteEndpoints(ids) : new Map<string, LabError>();
    for (const { id } of connects) {
      signal.throwIfAborted();
      await gateways.instanceConnectEndpoints.deleteInstanceConnectEndpoint(id).catch(unlessGone);
    }
    throwRefusal(endpoints, refused);
  } finally {
    for (const { id } of endpoints) void stores.endpoints?.noteChange(scope, id);
    for (const { id } of connects) void stores.instanceConnectEndpoints?.noteChange(scope, id);
  }
}

/** One that is gone already is no error; of several that stay, the sentence names each. */
function throwRefusal(endpoints: readonly VpcEndpoint[], refused: ReadonlyMap<string, LabError>): void {
  const stay = endpoints.filter(({ id }) => refused.has(id) && refused.get(id)?.code !== 'endpointNotFound');
  const first = stay[0] && refused.get(stay[0].id);
  if (!first) return;
  const { cloudCode, requestId } = first;
  throw new LabError(
    first.code,
    { ...first.parameters, endpointId: stay.map(nameOrId).join(', ') },
    { cause: first, ...(cloudCode !== undefined && { cloudCode }), ...(requestId !== undefined && { requestId }) },
  );
}

function unlessGone(error: unknown): void {
  if (asLabError(error).code !== 'resourceNotFound') throw error;
}
