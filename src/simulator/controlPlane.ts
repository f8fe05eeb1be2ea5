import { DisposableStore } from '../base/disposable';
import type { Log } from '../base/log';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import { createSessionService, type DataKeyRequest, type SessionService } from './agent/sessionService';
import type { Call } from './call';
import { CallDesk } from './callDesk';
import { Chance } from './chance';
import type { Digests } from './digests';
import { decryptAsInstance } from './operations/kms/decryptAsInstance';
import { ownedSessionDocument } from './operations/ssm/documents';
import type { Guest } from './shell/guest';
import type { Timeline } from './timeline';
import { readRegion } from './world/readRegion';
import { seedEmptyPlace, seedRegion } from './world/seedRegion';
import { findServiceAddress } from './world/sessionPath';
import { watchSessionManager } from './world/sessionRegistration';
import { watchTargets } from './world/targetRegistration';
import { worldTransitions } from './world/transitions';
import { type AccessKeys, World } from './world/world';
import type { WorldKind } from './worldKinds';

export interface ControlPlaneOptions {
  readonly seed: string;
  /** Divides the durations of control-plane states; 1 is as on AWS. */
  readonly pace: number;
  readonly world: WorldKind;
  readonly digests: Digests;
  readonly timeline: Timeline;
  /** Scheme and authority of stream URLs, such as `wss://ssmmessages.ap-south-1.amazonaws.com`. */
  readonly streamHost: () => string;
  readonly log: Log;
  /** Keys of an account's user; they follow from the seed when this is left out. */
  readonly keysOf?: ((accountName: string) => AccessKeys) | undefined;
}

/** World, API and session gateway, without a packet moving: enough to tell a journal again. */
export class ControlPlane {
  readonly world: World;
  readonly desk: CallDesk;
  readonly sessions: SessionService;
  readonly chance: Chance;
  /** Set by the data plane: the operating system of an instance that Session Manager can reach. */
  guestOf: (place: Place, instanceId: InstanceId) => Guest | undefined = () => undefined;
  /** Set by a journal: hears of every call that may change something, before it is judged. */
  onCall: ((call: Call) => void) | undefined;
  readonly #watching = new DisposableStore();

  constructor(options: ControlPlaneOptions) {
    const { timeline, digests, log } = options;
    this.chance = new Chance(options.seed);
    this.world = new World({
      chance: this.chance.fork('world'),
      timeline,
      pace: options.pace,
      transitions: worldTransitions,
      seedPlace: options.world === 'empty' ? seedEmptyPlace : seedRegion,
      keysOf: options.keysOf,
    });
    this.sessions = createSessionService({
      timeline,
      chance: this.chance.fork('sessions'),
      sha256: bytes => digests.sha256(bytes),
      aesGcm: digests.aesGcm,
      streamHost: options.streamHost,
      guestOf: (place, id) => this.guestOf(place, id),
      decryptDataKey: request => this.#decryptDataKey(request),
      documentOf: (place, name) => ownedSessionDocument(this.world.region(place), name),
      log,
    });
    this.desk = new CallDesk({
      world: this.world,
      sessions: this.sessions,
      digests,
      log,
      onCall: call => this.onCall?.(call),
    });
    this.#watching.add(watchSessionManager(this.world));
    this.#watching.add(watchTargets(this.world));
  }

  /** An instance without a way to AWS KMS waits for an answer that never comes. */
  #decryptDataKey(request: DataKeyRequest): Promise<Uint8Array> {
    const { world } = this;
    const region = world.region(request.place);
    const instance = region.instances.get(request.instanceId);
    const snapshot = readRegion(region, world.timeline.now());
    const address = instance && findServiceAddress(world, region, instance, snapshot, 'kms');
    return address === undefined ? new Promise(() => {}) : decryptAsInstance(this, request);
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
