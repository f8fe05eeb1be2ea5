import { type Disposable, DisposableStore } from '../base/disposable';
import type { Instance } from '../core/network';
import type { NetworkSnapshot } from '../core/snapshot';
import type { SessionSummary } from './agent/sessionHistory';
import type { SessionService } from './agent/sessionService';
import type { PlaceState } from './world/placeState';
import { readRegion } from './world/readRegion';
import { findServiceAddress, isDelivered } from './world/sessionPath';
import type { World } from './world/world';

/** The agent takes a minute without pong for a dead link, and dials anew (aws/amazon-ssm-agent:agent/session/communicator). */
const deadLinkMs = 60_000;

interface Link {
  /** Where the agent got through; undefined when it did not. */
  readonly address: string | undefined;
  /** Undefined while it is up. */
  readonly downSinceMs: number | undefined;
}

/** Keeps the links of open sessions in step with the instances' way to the gateway. */
export function watchSessionLinks(world: World, sessions: SessionService): Disposable {
  return new SessionLinks(world, sessions);
}

/**
 * A session's connection stays with the address that it was made to. While packets for that do not arrive, nothing passes; after a minute
 * the agent dials the gateway by its name again, and is lost to the session when it does not get through.
 */
class SessionLinks implements Disposable {
  readonly #watching = new DisposableStore();
  readonly #links = new Map<string, Link>();

  constructor(
    readonly world: World,
    readonly sessions: SessionService,
  ) {
    this.#watching.add(
      world.onDidSettle(() => {
        for (const region of world.regions) this.#look(region);
        for (const sessionId of this.#links.keys())
          if (sessions.find(sessionId)?.endMs !== undefined) this.#links.delete(sessionId);
      }),
    );
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #look(region: PlaceState): void {
    let read: NetworkSnapshot | undefined;
    const snapshot = () => (read ??= readRegion(region, this.world.timeline.now()));
    for (const session of this.sessions.list(region.place, 'Active')) {
      const instance = region.instances.get(session.target);
      if (instance) this.#consider(region, session, instance, snapshot());
    }
  }

  #consider(region: PlaceState, { sessionId }: SessionSummary, instance: Instance, snapshot: NetworkSnapshot): void {
    const { timeline } = this.world;
    const dialled = () => ({ address: this.#dial(region, instance, snapshot), downSinceMs: undefined });
    const { address, downSinceMs } = this.#links.get(sessionId) ?? dialled();
    const isUp = address !== undefined && isDelivered(instance, snapshot, address);
    this.#links.set(sessionId, { address, downSinceMs: isUp ? undefined : (downSinceMs ?? timeline.now()) });
    if (isUp === (downSinceMs === undefined)) return;
    this.sessions.setLink(sessionId, isUp);
    if (!isUp) timeline.after(deadLinkMs, () => this.#dialAnew(region, sessionId));
  }

  #dial(region: PlaceState, instance: Instance, snapshot: NetworkSnapshot): string | undefined {
    return findServiceAddress(this.world, region, instance, snapshot, 'ssmmessages');
  }

  /** Unless the link was mended meanwhile, or is down for less than a minute again. */
  #dialAnew(region: PlaceState, sessionId: string): void {
    const nowMs = this.world.timeline.now();
    const session = this.sessions.find(sessionId);
    const link = this.#links.get(sessionId);
    if (!session || session.endMs !== undefined || nowMs - (link?.downSinceMs ?? nowMs) < deadLinkMs) return;
    const instance = region.instances.get(session.target);
    const address = instance && this.#dial(region, instance, readRegion(region, nowMs));
    if (address === undefined) {
      this.sessions.loseAgent(sessionId);
    } else {
      this.#links.set(sessionId, { address, downSinceMs: undefined });
      this.sessions.setLink(sessionId, true);
    }
  }
}
