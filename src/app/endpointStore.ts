import type { Clock } from '../base/clock';
import type { VpcEndpoint } from '../core/network';
import type { SnapshotPart } from '../core/ports/networkGateway';
import type { Gap } from '../core/snapshot';
import type { EndpointDetails, Scope } from './appModel';
import { EndpointJoiner } from './endpointJoiner';
import { ResourceList } from './resourceList';
import { mapInSlices } from './slices';

/** What an endpoint's node opens into. */
const parts: readonly SnapshotPart[] = ['networkInterfaces', 'subnets', 'securityGroups', 'routeTables', 'prefixLists'];

/** Endpoints of each scope with their interfaces, zones, security groups and route tables. */
export class EndpointStore extends ResourceList<EndpointDetails> {
  constructor(clock: Clock) {
    super(
      {
        read: (scope, signal, onPage) => readEndpoints(clock, scope, signal, onPage),
        idOf: details => details.endpoint.id,
        fingerprint: details => JSON.stringify(details),
        isMoving: ({ endpoint }) => endpoint.state === 'pending' || endpoint.state === 'deleting',
      },
      clock,
    );
  }
}

/** Rows come with the first page; their interfaces and groups when these are read. */
async function readEndpoints(
  clock: Clock,
  scope: Scope,
  signal: AbortSignal,
  onPage: (items: readonly EndpointDetails[]) => void,
): Promise<readonly EndpointDetails[]> {
  const gateways = await scope.gateways();
  let join = withoutParts;
  const [endpoints] = await Promise.all([
    gateways.endpoints.listEndpoints({ signal, onPage: page => onPage(page.map(join)) }),
    gateways.network.readSnapshot(parts, { signal }).then(snapshot => {
      const joiner = new EndpointJoiner(snapshot);
      join = endpoint => joiner.endpoint(endpoint);
    }),
  ]);
  return mapInSlices(clock, endpoints, join);
}

/** What is known of an endpoint while the rest is still being read. */
function withoutParts(endpoint: VpcEndpoint): EndpointDetails {
  const gap: Gap = { code: 'notRead', reading: 'ec2:DescribeNetworkInterfaces', detail: undefined };
  return { endpoint, interfaces: [], securityGroups: [], routeTables: [], gaps: [gap] };
}
