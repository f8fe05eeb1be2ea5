import type { Clock } from '../base/clock';
import type { InstanceId } from '../core/ids';
import type { InstanceState, SessionManagerStatus, Subnet } from '../core/network';
import { valueOr } from '../core/reading';
import type { InstanceEntry, Scope } from './appModel';
import { asLabError } from './asLabError';
import { ResourceList } from './resourceList';

const statesInMotion: readonly InstanceState[] = ['pending', 'stopping', 'shuttingDown'];
/** A running instance usually registers with Session Manager within two minutes of its launch. */
const registersWithinMs = 5 * 60_000;

/** Instances of each scope with what Session Manager says of them. */
export class InstanceStore extends ResourceList<InstanceEntry> {
  constructor(clock: Clock) {
    super(
      {
        read: readInstances,
        idOf: entry => entry.instance.id,
        fingerprint: ({ sessionManagerError, ...entry }) => JSON.stringify([entry, sessionManagerError?.code]),
        isMoving: ({ instance, sessionManager, sessionManagerError }) =>
          statesInMotion.includes(instance.state) ||
          (instance.state === 'running' &&
            instance.instanceProfileArn !== undefined &&
            sessionManager === undefined &&
            sessionManagerError === undefined &&
            clock.now() - instance.launchedAtMs < registersWithinMs),
      },
      clock,
    );
  }
}

async function readInstances(scope: Scope, signal: AbortSignal): Promise<readonly InstanceEntry[]> {
  const gateways = await scope.gateways();
  const [instances, statuses, snapshot] = await Promise.all([
    gateways.instances.listInstances({ signal }),
    gateways.instances.listSessionManagerStatus({ signal }).then(
      value => ({ value, error: undefined }),
      caught => ({ value: new Map<InstanceId, SessionManagerStatus>(), error: asLabError(caught) }),
    ),
    gateways.network.readSnapshot(['subnets'], { signal }),
  ]);
  const subnets = new Map<string | undefined, Subnet>(valueOr(snapshot.subnets, []).map(item => [item.id, item]));
  return instances.map(instance => ({
    instance,
    availabilityZone: subnets.get(instance.subnetId)?.availabilityZone,
    sessionManager: statuses.value.get(instance.id),
    sessionManagerError: statuses.error,
  }));
}
