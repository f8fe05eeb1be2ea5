import type { Clock } from '../../base/clock';
import type { Scope } from '../appModel';
import { ResourceList } from '../resourceList';
import { type PeeringDetails, peeringDetails, shownParts } from './peeringDetails';
import { farScopes, type KnownScopes, readOtherSides } from './readOtherSides';

const nobody: KnownScopes = { scopes: [] };

/** Peering connections of each scope, from either side, with the routes that lead over them and what is missing. */
export class PeeringStore extends ResourceList<PeeringDetails> {
  /** `known`: scopes through which the other side may be in sight too. */
  constructor(clock: Clock, known: KnownScopes = nobody) {
    super(
      {
        read: (scope, signal, onRows) => readPeerings(scope, known, signal, onRows),
        idOf: ({ connection }) => connection.id,
        fingerprint: details => JSON.stringify(details),
        isMoving: ({ connection }) => /^(?:initiatingRequest|provisioning|deleting)$/.test(connection.state),
      },
      clock,
    );
  }
}

/** Hands up what the scope itself sees before it asks the others, who may be slow. */
async function readPeerings(
  scope: Scope,
  known: KnownScopes,
  signal: AbortSignal,
  onRows: (rows: readonly PeeringDetails[]) => void,
): Promise<readonly PeeringDetails[]> {
  const { peering, network } = await scope.gateways();
  const connections = await peering.listPeeringConnections({ signal });
  if (connections.length === 0) return [];
  const snapshot = await network.readSnapshot(shownParts, { signal });
  const own = connections.map(connection => peeringDetails(connection, snapshot));
  const far = farScopes(scope, connections, known);
  if (far.length === 0) return own;
  onRows(own);
  const others = await readOtherSides(far, connections, signal);
  return connections.map(connection => peeringDetails(connection, snapshot, others));
}
