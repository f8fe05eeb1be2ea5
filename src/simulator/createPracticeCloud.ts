import type { Log } from '../base/log';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import type { WireRequest, WireResponse } from '../core/ports/wire';
import { createSessionService } from './agent/sessionService';
import { CallDesk } from './callDesk';
import { Chance } from './chance';
import type { Digests } from './digests';
import { FrontDoor } from './frontDoor';
import { Guests } from './guests';
import { createFabric, type Fabric } from './network/fabric';
import type { ServiceCall } from './network/services/serviceNodes';
import { isConnected } from './operations/ssm/managedInstances';
import type { PracticeCloud } from './practiceCloud';
import type { Guest } from './shell/guest';
import type { Timeline } from './timeline';
import { mayUpgrade } from './upgradeCheck';
import { seedInstance } from './world/seedInstance';
import { seedWizardGroup } from './world/seedWizardGroup';
import { watchSessionManager } from './world/sessionRegistration';
import { worldTransitions } from './world/transitions';
import { type AccessKeys, World } from './world/world';
import { homeRegion } from './world/zones';

/** `default` has a running instance in each account, `default-vpc` only what AWS gives to a new account. */
export type WorldKind = 'default' | 'default-vpc';

export interface PracticeCloudOptions {
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

/** The practice cloud with its insides open, for entries and tests. */
export interface OpenPracticeCloud extends PracticeCloud {
  readonly world: World;
  readonly fabric: Fabric;
  guestOf(place: Place, instanceId: InstanceId): Guest | undefined;
  /** As `handle`, for a request that came over the simulated network. */
  answer(request: WireRequest, via: ServiceCall): Promise<WireResponse>;
  /** Whether a WebSocket upgrade to a data channel may pass. */
  mayUpgrade(request: WireRequest, mustBeSigned: boolean): Promise<boolean>;
  dispose(): void;
}

/** Joins world, network, guests and session gateway into one cloud. Same options and requests at the same times: same world. */
export function createPracticeCloud(options: PracticeCloudOptions): OpenPracticeCloud {
  const { timeline, digests, log } = options;
  const chance = new Chance(options.seed);
  const world = new World({
    chance: chance.fork('world'),
    timeline,
    pace: options.pace,
    transitions: worldTransitions,
    keysOf: options.keysOf,
  });
  const fabric: Fabric = createFabric({
    world,
    timeline,
    chance: chance.fork('fabric'),
    callService: (request, via) => frontDoor.answer(request, via),
  });
  const guests = new Guests({ world, fabric, timeline, chance: chance.fork('guests'), digests, log });
  const guestOf = (place: Place, id: InstanceId) =>
    isConnected(world.region(place), id) ? guests.find(place, id) : undefined;
  const sessions = createSessionService({
    timeline,
    chance: chance.fork('sessions'),
    sha256: bytes => digests.sha256(bytes),
    streamHost: options.streamHost,
    guestOf,
    log,
  });
  const desk = new CallDesk({ world, sessions, log });
  const frontDoor = new FrontDoor({ world, desk, digests, chance: chance.fork('requests'), log });
  world.onDidChange(change => {
    guests.follow(change);
    if (change.kind === 'instanceGone') sessions.loseTarget(change.place, change.instanceId);
  });
  const registration = watchSessionManager(world);
  seed(world, options.world);
  return {
    region: homeRegion,
    accounts: world.accounts.map(({ name, id, accessKeyId, secretAccessKey }) => ({
      name,
      accountId: id,
      accessKeyId,
      secretAccessKey,
    })),
    handle: request => frontDoor.answer(request),
    openChannel: streamUrl => sessions.openChannel(streamUrl),
    world,
    fabric,
    guestOf,
    answer: (request, via) => frontDoor.answer(request, via),
    mayUpgrade: (request, mustBeSigned) => mayUpgrade(request, { world, sessions, digests, mustBeSigned }),
    dispose() {
      registration.dispose();
      guests.shutDown();
      fabric.dispose();
    },
  };
}

function seed(world: World, kind: WorldKind): void {
  for (const account of world.accounts) {
    world.region({ accountId: account.id, region: homeRegion });
    if (kind !== 'default') continue;
    seedInstance(world, account);
    seedWizardGroup(world, account);
  }
}
