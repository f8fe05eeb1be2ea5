import type { Clock } from '../../base/clock';
import type { Scope } from '../appModel';
import { ResourceList } from '../resourceList';
import { type PeeringDetails, peeringDetails } from './peeringDetails';

/** Peering connections of each scope, from either side, with the routes that lead over them and what is missing. */
export class PeeringStore extends ResourceList<PeeringDetails> {
  constructor(clock: Clock) {
    super(
      {
        read: readPeerings,
        idOf: ({ connection }) => connection.id,
        fingerprint: details => JSON.stringify(details),
        isMoving: ({ connection }) => /^(?:initiatingRequest|provisioning|deleting)$/.test(connection.state),
      },
      clock,
    );
  }
}

async function readPeerings(scope: Scope, signal: AbortSignal): Promise<readonly PeeringDetails[]> {
  const { peering, network } = await scope.gateways();
  const connections = await peering.listPeeringConnections({ signal });
  if (connections.length === 0) return [];
  const snapshot = await network.readSnapshot(['routeTables', 'securityGroups'], { signal });
  return connections.map(connection => peeringDetails(connection, snapshot));
}
