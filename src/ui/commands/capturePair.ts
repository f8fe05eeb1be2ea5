import * as vscode from 'vscode';
import type { InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { endpointAddresses } from '../../app/operations/endpointAddresses';
import { hostsFilter, servedFilter } from '../../app/pairedFilters';
import type { ServiceDetails } from '../../app/serviceDetails';
import { type ServiceProvider, serviceProvider } from '../../app/serviceProviders';
import { nameOrId } from '../../core/network';
import { ownServiceOf, serviceLabel } from '../../core/serviceNames';
import { t } from '../../words/translation';
import type { CapturePanels, PairedCapture } from '../panels/capturePanels';
import { pickInstance } from '../pickers/pickInstance';
import type { EndpointTarget, InstanceTarget } from '../views/targets';
import { captureTarget, pickCandidate } from './capture';

export interface CapturePairParts {
  readonly scopes: ScopeStore;
  readonly instances: ResourceStore<InstanceEntry>;
  readonly services: ResourceStore<ServiceDetails>;
  readonly panels: CapturePanels;
}

type Pair = readonly [PairedCapture, PairedCapture];

/**
 * Captures the same traffic at both ends, side by side: of an endpoint, on an instance that uses it and one behind its service; else on two instances,
 * each what it exchanges with the other. Resolves with the instances' ids when both have been begun.
 */
export function capturePairCommand(parts: CapturePairParts) {
  return async (target: EndpointTarget | InstanceTarget | undefined): Promise<readonly string[] | undefined> => {
    const isEndpoint = target !== undefined && 'endpoint' in target;
    const pair = isEndpoint ? await endpointPair(parts, target) : await instancePair(parts, target);
    if (!pair) return undefined;
    parts.panels.startPair(pair);
    return pair.map(({ target: { instanceId } }) => instanceId);
  };
}

async function endpointPair(parts: CapturePairParts, { scope, endpoint }: EndpointTarget): Promise<Pair | undefined> {
  if (!ownServiceOf(endpoint.serviceName)) {
    const service = serviceLabel(endpoint.serviceName);
    void vscode.window.showInformationMessage(t('Behind {0} there is no instance to capture on.', service));
    return undefined;
  }
  const { instances, services, scopes } = parts;
  const consumer = await pickCandidate({ scope, endpoint }, instances);
  if (!consumer) return undefined;
  const [provider, addresses] = await Promise.all([
    serviceProvider(services, scopes.scopes, endpoint.serviceName),
    endpointAddresses(scope, endpoint.id),
  ]);
  const served = await pickServed(parts, provider);
  if (!served) return undefined;
  const target = { ...captureTarget({ scope, instance: consumer }), endpointId: endpoint.id };
  return [
    { target, filter: hostsFilter(addresses) },
    { target: captureTarget(served), filter: servedFilter(provider?.ports ?? []) },
  ];
}

/** The instance behind the service: the only one without a question. */
async function pickServed(
  { scopes, instances }: CapturePairParts,
  provider: ServiceProvider | undefined,
): Promise<InstanceTarget | undefined> {
  const isServed = ({ instance }: InstanceEntry) => provider?.instanceIds.includes(instance.id) ?? false;
  const served = provider ? (await instances.load(provider.scope)).filter(isServed) : [];
  if (!provider || served.length === 0)
    return pickInstance(scopes, instances, t('Which instance is behind the service?'));
  const [only] = served;
  if (only && served.length === 1) return { scope: provider.scope, instance: only.instance };
  const items = served.map(({ instance }) => ({
    label: nameOrId(instance),
    description: instance.privateIpAddress ?? '',
    instance,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: t('On which instance behind the service?'),
    ignoreFocusOut: true,
  });
  return picked && { scope: provider.scope, instance: picked.instance };
}

async function instancePair(
  { scopes, instances }: CapturePairParts,
  target: InstanceTarget | undefined,
): Promise<Pair | undefined> {
  const one = target ?? (await pickInstance(scopes, instances, t('Capture on which instance?')));
  if (!one) return undefined;
  const isOther = ({ instance }: InstanceEntry) => instance.id !== one.instance.id && instance.state !== 'terminated';
  const other = await pickInstance(
    scopes,
    instances,
    t('And on which other, that {0} speaks with?', nameOrId(one.instance)),
    isOther,
  );
  if (!other) return undefined;
  return [
    { target: captureTarget(one), filter: hostsFilter([other.instance.privateIpAddress]) },
    { target: captureTarget(other), filter: hostsFilter([one.instance.privateIpAddress]) },
  ];
}
