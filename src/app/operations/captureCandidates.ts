import { nameUnder, ownNames, privateNames } from '../../core/endpointNames';
import type { NetworkInterfaceId } from '../../core/ids';
import type { Instance, VpcEndpoint } from '../../core/network';
import { nameOrId } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { Prediction } from '../../core/prediction/prediction';
import { predictPath } from '../../core/prediction/predictPath';
import { HTTPS } from '../../core/rules/flow';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { InstanceEntry, ResourceStore, Scope } from '../appModel';
import type { CaptureCandidate } from '../captureModel';
import { captureParts } from '../captureNetwork';

const order: readonly CaptureCandidate['reach'][] = ['reaches', 'cannotTell', 'doesNotReach', 'notOnline'];

/**
 * Instances of the scope as places to capture traffic to an endpoint: those that reach it first, and for each other one why not. The
 * name asked for is the service's own when private DNS is on, else the endpoint's regional name.
 */
export async function captureCandidates(
  scope: Scope,
  endpoint: VpcEndpoint,
  instances: ResourceStore<InstanceEntry>,
  options: CallOptions = {},
): Promise<readonly CaptureCandidate[]> {
  const gateways = await scope.gateways();
  const [entries, snapshot] = await Promise.all([
    instances.load(scope),
    gateways.network.readSnapshot(captureParts, options),
  ]);
  return entries
    .filter(({ instance }) => instance.state !== 'terminated' && instance.state !== 'shuttingDown')
    .map(entry => judgeCandidate(entry, endpoint, snapshot))
    .sort((a, b) => order.indexOf(a.reach) - order.indexOf(b.reach) || byName(a.entry.instance, b.entry.instance));
}

function judgeCandidate(entry: InstanceEntry, endpoint: VpcEndpoint, snapshot: NetworkSnapshot): CaptureCandidate {
  const networkInterfaceId = entry.instance.networkInterfaceIds[0];
  const prediction = networkInterfaceId && predictTo(endpoint, networkInterfaceId, snapshot);
  const isOnline = entry.instance.state === 'running' && entry.sessionManager === 'online';
  return { entry, prediction, reach: isOnline ? reachOf(prediction, endpoint) : 'notOnline' };
}

function predictTo(
  endpoint: VpcEndpoint,
  networkInterfaceId: NetworkInterfaceId,
  snapshot: NetworkSnapshot,
): Prediction {
  const name = nameToAsk(endpoint);
  return predictPath(snapshot, { networkInterfaceId, name, port: HTTPS, publicAddresses: [] });
}

function nameToAsk(endpoint: VpcEndpoint): string {
  const { privateDnsEnabled, serviceName } = endpoint;
  const shared = privateNames(serviceName, [endpoint]);
  const own = ownNames(serviceName, [endpoint]);
  const [name] = [...(privateDnsEnabled ? [...shared, ...own] : [...own, ...shared]), serviceName];
  return nameUnder(name);
}

function reachOf(prediction: Prediction | undefined, endpoint: VpcEndpoint): CaptureCandidate['reach'] {
  const outcome = prediction?.outcome;
  if (!outcome || outcome.kind === 'unknown') return 'cannotTell';
  return outcome.kind === 'reachesEndpoint' && outcome.endpointId === endpoint.id ? 'reaches' : 'doesNotReach';
}

function byName(one: Instance, other: Instance): number {
  return nameOrId(one).localeCompare(nameOrId(other), 'en');
}
