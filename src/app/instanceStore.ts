import type { Clock } from '../base/clock';
import type { InstanceId } from '../core/ids';
import type { InstanceState, SessionManagerStatus, Subnet } from '../core/network';
import { valueOr } from '../core/reading';
import type { InstanceEntry, Scope } from './appModel';
import { asLabError } from './asLabError';
import { ResourceList } from './resourceList';
import { sessionReach } from './sessionReach';

const statesInMotion: readonly InstanceState[] = ['pending', 'stopping', 'shuttingDown'];

/** Instances of each scope with what Session Manager says of them. */
export class InstanceStore extends ResourceList<InstanceEntry> {
  constructor(clock: Clock) {
    super(
      {
        read: (scope, signal) => readInstances(scope, clock, signal),
        idOf: entry => entry.instance.id,
        fingerprint: ({ instance, availabilityZone, reach, sessionManager, sessionManagerError }) =>
          JSON.stringify([instance, availabilityZone, reach.kind, sessionManager, sessionManagerError?.code]),
        isMoving: ({ instance, reach }) => statesInMotion.includes(instance.state) || reach.kind === 'registering',
      },
      clock,
    );
  }
}

async function readInstances(scope: Scope, clock: Clock, signal: AbortSignal): Promise<readonly InstanceEntry[]> {
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
  return instances.map(instance => {
    const sessionManager = statuses.value.get(instance.id);
    return {
      instance,
      availabilityZone: subnets.get(instance.subnetId)?.availabilityZone,
      sessionManager,
      sessionManagerError: statuses.error,
      reach: sessionReach(instance, { status: sessionManager, error: statuses.error }, clock.now()),
    };
  });
}
