import { type CapturePreset, DEFAULT_FILTER, MAX_FILTER_LENGTH } from '../core/captureFilter';
import type { VpcEndpointId } from '../core/ids';
import { nameOrId } from '../core/network';
import { valueOr } from '../core/reading';
import type { NetworkSnapshot } from '../core/snapshot';
import type { CaptureNetwork } from './captureNetwork';

/** An endpoint with what its traffic goes to, as conditions of a filter: `host 10.0.0.9`, `net 52.95.1.0/24`. */
interface EndpointSide {
  readonly id: VpcEndpointId;
  readonly conditions: readonly string[];
}

/** A list of more than so many is no list to choose from. */
const MAX_ENDPOINTS = 20;

/** HTTPS and names, as the labs capture, come first: what misses the endpoint is seen as well. */
const labs: CapturePreset = { code: 'labs', filter: DEFAULT_FILTER };

const general: readonly CapturePreset[] = [
  { code: 'https', filter: 'tcp port 443' },
  { code: 'dns', filter: 'port 53' },
  { code: 'pings', filter: 'icmp or icmp6' },
  { code: 'handshakes', filter: 'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0' },
  // The session's own frames are left out of every capture (`captureCommand`).
  { code: 'everything', filter: '' },
];

/** The filters to offer on an instance; that of the endpoint that is asked about comes first. Without a network only the general ones. */
export function capturePresets(
  network: CaptureNetwork | undefined,
  endpointId: VpcEndpointId | undefined,
): readonly CapturePreset[] {
  if (!network) return [labs, ...general];
  const sides = [...interfaceSides(network), ...gatewaySides(network)];
  const own = sides.filter(({ id }) => id === endpointId);
  const others = sides.filter(({ id }) => id !== endpointId).slice(0, MAX_ENDPOINTS);
  const presetOf = (side: EndpointSide) => endpointPreset(network.snapshot, side) ?? [];
  return [...own.flatMap(presetOf), labs, ...general, ...others.flatMap(presetOf)];
}

/** Undefined for an endpoint whose traffic cannot be said in a filter of a length that is taken. */
function endpointPreset(snapshot: NetworkSnapshot, { id, conditions }: EndpointSide): CapturePreset | undefined {
  const filter = conditions.join(' or ');
  if (filter === '' || filter.length > MAX_FILTER_LENGTH / 2) return undefined;
  const endpoint = valueOr(snapshot.endpoints, []).find(candidate => candidate.id === id);
  return { code: 'endpoint', endpointName: endpoint ? nameOrId(endpoint) : id, filter };
}

function interfaceSides({ interfaces }: CaptureNetwork): readonly EndpointSide[] {
  const sides = new Map<VpcEndpointId, string[]>();
  for (const { endpointId, address } of interfaces) {
    if (endpointId) sides.set(endpointId, [...(sides.get(endpointId) ?? []), `host ${address}`]);
  }
  return [...sides].map(([id, conditions]) => ({ id, conditions }));
}

/** Endpoints that the instance's route table leads to. */
function gatewaySides({ routeTable, snapshot }: CaptureNetwork): readonly EndpointSide[] {
  if (!routeTable.known) return [];
  const lists = valueOr(snapshot.prefixLists, []);
  return routeTable.rows.flatMap(({ route: { target, destination } }) => {
    if (target.kind !== 'gatewayEndpoint' || destination.kind !== 'prefixList') return [];
    const list = lists.find(({ id }) => id === destination.prefixListId);
    return list ? [{ id: target.id, conditions: list.cidrs.map(cidr => `net ${cidr}`) }] : [];
  });
}
