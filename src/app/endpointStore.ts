import type { Clock } from '../base/clock';
import type { SnapshotPart } from '../core/ports/networkGateway';
import type { EndpointDetails, Scope } from './appModel';
import { EndpointJoiner } from './endpointJoiner';
import { ResourceList } from './resourceList';

/** What an endpoint's node opens into. */
const parts: readonly SnapshotPart[] = ['networkInterfaces', 'subnets', 'securityGroups', 'routeTables', 'prefixLists'];

/** Endpoints of each scope with their interfaces, zones, security groups and route tables. */
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
    gateways.network.readSnapshot(parts, { signal }),
  ]);
  const joiner = new EndpointJoiner(snapshot);
  return endpoints.map(endpoint => joiner.endpoint(endpoint));
}
