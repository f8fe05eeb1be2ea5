import * as vscode from 'vscode';
import type { CaptureTarget, EndpointDetails, InstanceEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import type { CaptureCandidate } from '../../app/captureModel';
import { captureCandidates } from '../../app/operations/captureCandidates';
import { type Instance, nameOrId, nameTag } from '../../core/network';
import { sessionManagerWords } from '../../words/instanceStates';
import { hopWords } from '../../words/predictions';
import { t } from '../../words/translation';
import type { CapturePanels } from '../panels/capturePanels';
import { pickEndpoint } from '../pickers/pickEndpoint';
import { pickInstance } from '../pickers/pickInstance';
import type { EndpointTarget, InstanceTarget } from '../views/targets';

/** Opens the panel on an instance; resolves with the instance's id. */
export function captureOnInstanceCommand(
  scopes: ScopeStore,
  instances: ResourceStore<InstanceEntry>,
  panels: CapturePanels,
) {
  return async (target: InstanceTarget | undefined): Promise<string | undefined> => {
    const chosen = target ?? (await pickInstance(scopes, instances, t('Capture on which instance?')));
    if (!chosen) return undefined;
    panels.open(captureTarget(chosen));
    return chosen.instance.id;
  };
}

/** Offers the instances that can reach the endpoint first, says why not for each other, and opens the panel on the chosen one. */
export function captureEndpointCommand(
  scopes: ScopeStore,
  endpoints: ResourceStore<EndpointDetails>,
  instances: ResourceStore<InstanceEntry>,
  panels: CapturePanels,
) {
  return async (target: EndpointTarget | undefined): Promise<string | undefined> => {
    const chosen = target ?? (await pickEndpoint(scopes, endpoints, t('Capture traffic to which endpoint?')));
    if (!chosen) return undefined;
    const { scope, endpoint } = chosen;
    const instance = await pickCandidate(chosen, instances);
    if (!instance) return undefined;
    panels.open({ ...captureTarget({ scope, instance }), endpointId: endpoint.id });
    return instance.id;
  };
}

/** Asks for an instance that uses the endpoint. */
export async function pickCandidate(
  { scope, endpoint }: EndpointTarget,
  instances: ResourceStore<InstanceEntry>,
): Promise<Instance | undefined> {
  const candidates = await captureCandidates(scope, endpoint, instances);
  const items = candidates.map(candidate => ({ ...describeCandidate(candidate), candidate }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: t('On which instance? Those that reach {0} come first.', nameOrId(endpoint)),
    ignoreFocusOut: true,
  });
  return picked?.candidate.entry.instance;
}

/** With the name that the panel has until it has read the network. */
export function captureTarget({ scope, instance }: InstanceTarget): CaptureTarget {
  const instanceName = nameTag(instance.tags);
  return { scope, instanceId: instance.id, ...(instanceName === undefined ? {} : { instanceName }) };
}

function describeCandidate({ entry, prediction, reach }: CaptureCandidate): vscode.QuickPickItem {
  const { instance } = entry;
  const obstacle = prediction?.hops.find(hop => hop.decision !== 'pass');
  const why = reach === 'notOnline' ? sessionManagerWords(entry.sessionManager) : obstacle && hopWords(obstacle);
  return {
    label: `$(${reach === 'reaches' ? 'pass' : 'warning'}) ${nameOrId(instance)}`,
    description: [instance.privateIpAddress, entry.availabilityZone].filter(Boolean).join(' · '),
    detail: reach === 'reaches' ? t('reaches it privately') : (why ?? t('does not reach it')),
  };
}
