import { type Disposable, DisposableSlot, DisposableStore } from '../base/disposable';
import type { InstanceId } from '../core/ids';
import type { SessionSummary } from './agent/sessionHistory';
import type { SessionService } from './agent/sessionService';
import type { PlaceState } from './world/placeState';
import { canReachSessionManager } from './world/sessionPath';
import type { World } from './world/world';

/** The agent takes a minute without pong for a dead link (aws/amazon-ssm-agent:agent/session/communicator). */
const deadLinkMs = 60_000;

/**
 * Keeps the links of open sessions in step with the instances' way to Session Manager: while there is none nothing passes, and after a minute
 * the agent is lost to its sessions.
 */
export function watchSessionLinks(world: World, sessions: SessionService): Disposable {
  const watching = new DisposableStore();
  const losses = new Map<string, DisposableSlot<Disposable>>();

  const consider = ({ sessionId, place, target }: SessionSummary, isUp: boolean) => {
    if (isUp === !losses.has(sessionId)) return;
    sessions.setLink(sessionId, isUp);
    const loss = losses.get(sessionId) ?? watching.add(new DisposableSlot<Disposable>());
    if (isUp) {
      loss.dispose();
      losses.delete(sessionId);
    } else {
      loss.value = world.timeline.after(deadLinkMs, () => {
        losses.delete(sessionId);
        if (sessions.find(sessionId)?.endMs === undefined) sessions.loseTarget(place, target);
      });
      losses.set(sessionId, loss);
    }
  };

  watching.add(
    world.onDidSettle(() => {
      for (const region of world.regions) {
        const active = sessions.list(region.place, 'Active');
        const targets = new Set(active.map(({ target }) => target));
        const reached = new Set([...targets].filter(target => isReached(world, region, target)));
        for (const session of active) consider(session, reached.has(session.target));
      }
    }),
  );
  return watching;
}

function isReached(world: World, region: PlaceState, target: InstanceId): boolean {
  const instance = region.instances.get(target);
  return instance !== undefined && canReachSessionManager(world, region, instance);
}
