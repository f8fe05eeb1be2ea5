import type { Clock } from '../base/clock';
import type { VpcEndpoint } from '../core/network';
import type { Gap, NetworkSnapshot, Reading } from '../core/snapshot';
import type { EndpointDetails, EndpointInterface, Scope } from './appModel';
import { ResourceList } from './resourceList';

/** Endpoints of each scope with their interfaces, zones and security groups. */
export class EndpointStore extends ResourceList<EndpointDetails> {
  constructor(clock: Clock) {
    super(
      {
        read: readEndpoints,
        idOf: details => details.endpoint.id,
        fingerprint: details => JSON.stringify(details),
        isMoving: ({ endpoint }) => endpoint.state === 'pending' || endpoint.state === 'deleting',
      },
      clock,
    );
  }
}

async function readEndpoints(scope: Scope, signal: AbortSignal): Promise<readonly EndpointDetails[]> {
  const gateways = await scope.gateways();
  const [endpoints, snapshot] = await Promise.all([
    gateways.endpoints.listEndpoints({ signal }),
    gateways.network.readSnapshot(['networkInterfaces', 'subnets', 'securityGroups'], { signal }),
  ]);
  return endpoints.map(endpoint => detailsOf(endpoint, snapshot));
}

/** Joins an endpoint with what a snapshot knows of its interfaces and groups. */
export function detailsOf(endpoint: VpcEndpoint, snapshot: NetworkSnapshot): EndpointDetails {
  const gaps: Gap[] = [];
  const read = <T>(reading: Reading<readonly T[]>, isNeeded: boolean): readonly T[] => {
    if (reading.known) return reading.value;
    if (isNeeded) gaps.push(reading.gap);
    return [];
  };
  const hasInterfaces = endpoint.networkInterfaceIds.length > 0;
  const subnets = read(snapshot.subnets, hasInterfaces);
  const interfaces = read(snapshot.networkInterfaces, hasInterfaces)
    .filter(item => endpoint.networkInterfaceIds.includes(item.id))
    .map(item => ({ ...item, availabilityZone: subnets.find(subnet => subnet.id === item.subnetId)?.availabilityZone }))
    .sort(byZone);
  const securityGroups = read(snapshot.securityGroups, endpoint.securityGroupIds.length > 0).filter(group =>
    endpoint.securityGroupIds.includes(group.id),
  );
  return { endpoint, interfaces, securityGroups, gaps };
}

function byZone(one: EndpointInterface, other: EndpointInterface): number {
  return (
    (one.availabilityZone ?? '').localeCompare(other.availabilityZone ?? '', 'en') ||
    one.id.localeCompare(other.id, 'en')
  );
}
