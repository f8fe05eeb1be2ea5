import { Emitter, type Event } from '../base/event';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import type { WireRequest, WireResponse } from '../core/ports/wire';
import type { ActiveChannelFaults } from './agent/activeChannelFaults';
import { CommandRunner } from './commandRunner';
import { ConnectTunnels } from './connectTunnels';
import { ControlPlane, type ControlPlaneOptions } from './controlPlane';
import type { ActiveFaults } from './faults/activeFaults';
import { FrontDoor } from './frontDoor';
import { Guests } from './guests';
import { createFabric, type Fabric } from './network/fabric';
import type { ServiceCall } from './network/services/serviceNodes';
import { isConnected } from './operations/ssm/managedInstances';
import type { PracticeCloud } from './practiceCloud';
import type { JournalEntry } from './save/journal';
import { replay } from './save/replay';
import { restoreWorld, type SavedWorld, saveWorld } from './save/savedWorld';
import { watchSessionLinks } from './sessionLinks';
import type { Guest } from './shell/guest';
import { mayUpgrade } from './upgradeCheck';
import { seedWorld } from './world/seeds/seedWorld';
import { reportProbe } from './world/targetHealth';
import type { World } from './world/world';
import { homeRegion } from './world/zones';

export interface PracticeCloudOptions extends ControlPlaneOptions {
  /** Whether load balancers probe their targets, which they do unless it is false: for who says himself what probes find. */
  readonly checksTargets?: boolean;
}

/** The practice cloud with its insides open, for entries and tests. */
export interface OpenPracticeCloud extends PracticeCloud {
  readonly world: World;
  readonly fabric: Fabric;
  /** Each thing that comes into the world from outside, before it does anything. */
  readonly onDidRecord: Event<JournalEntry>;
  /** What goes wrong on demand. */
  readonly faults: ActiveFaults;
  /** What goes wrong on data channels. */
  readonly channelFaults: ActiveChannelFaults;
  guestOf(place: Place, instanceId: InstanceId): Guest | undefined;
  /** As `guestOf`, whether Session Manager reaches the instance or not; undefined while it does not run. */
  machineOf(place: Place, instanceId: InstanceId): Guest | undefined;
  /** As `handle`, for a request that came over the simulated network. */
  answer(request: WireRequest, via: ServiceCall): Promise<WireResponse>;
  /** Tunnels through EC2 Instance Connect Endpoints. */
  readonly tunnels: ConnectTunnels;
  /** Whether a WebSocket upgrade to a data channel may pass. */
  mayUpgrade(request: WireRequest, mustBeSigned: boolean): Promise<boolean>;
  /** The world as it is; `rules` names the rules that it was made by. */
  save(rules: string): SavedWorld;
  dispose(): void;
}

/** Begins a practice cloud. Same options and requests at the same times: same world. */
export function createPracticeCloud(options: PracticeCloudOptions): OpenPracticeCloud {
  const plane = new ControlPlane(options);
  const cloud = joinDataPlane(plane, options);
  seedWorld(plane.world, options.world);
  return cloud;
}

/** What a practice cloud goes on from. */
export interface Past {
  /** Undefined: the beginning that seed and world kind give. */
  readonly saved: SavedWorld | undefined;
  /** What came since. */
  readonly journal: readonly JournalEntry[];
  /** Up to where the journal is told; its end when left out. */
  readonly untilMs?: number;
}

/**
 * Takes up a practice cloud where its past ends; the timeline must not be later than the saved world, or its beginning. Seed and pace
 * are to be those of the past.
 */
export async function resumePracticeCloud(options: PracticeCloudOptions, past: Past): Promise<OpenPracticeCloud> {
  const plane = new ControlPlane(options);
  if (past.saved) restoreWorld(plane.world, past.saved);
  else seedWorld(plane.world, options.world);
  await replay(plane, past.journal, past.untilMs);
  const cloud = joinDataPlane(plane, options);
  announceRunning(plane.world);
  return cloud;
}

/** Gives a control plane its network and its guests. */
function joinDataPlane(plane: ControlPlane, options: PracticeCloudOptions): OpenPracticeCloud {
  const { timeline, digests, log } = options;
  const { world, sessions, desk, chance } = plane;
  const fabric: Fabric = createFabric({
    world,
    timeline,
    chance: chance.fork('fabric'),
    pace: options.pace,
    callService: (request, via) => frontDoor.answer(request, via),
    upgrade: (request, via) => tunnels.upgrade(request, via),
    ...(options.checksTargets !== false && { onProbe: (place, result) => reportProbe(world, place, result) }),
  });
  const guests = new Guests({ world, fabric, timeline, chance: chance.fork('guests'), digests, log });
  plane.guestOf = (place, id) => {
    const guest = isConnected(world.region(place), id) ? guests.find(place, id) : undefined;
    return guest?.isAgentRunning ? guest : undefined;
  };
  const frontDoor = new FrontDoor({ world, desk, digests, chance: chance.fork('requests'), log });
  world.onDidChange(change => {
    guests.follow(change);
    if (change.kind === 'instanceGone') sessions.loseTarget(change.place, change.instanceId);
  });
  const tunnels = new ConnectTunnels({ world, fabric, digests });
  const links = watchSessionLinks(world, sessions);
  const commands = new CommandRunner({ world, guestOf: (place, id) => plane.guestOf(place, id) });
  const recorded = new Emitter<JournalEntry>();
  plane.onCall = call => recorded.fire({ atMs: timeline.now(), call });
  world.onWillTakeEffect(effect => recorded.fire({ atMs: timeline.now(), effect }));
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
    openTunnel: url => tunnels.openUrl(url),
    tunnels,
    world,
    fabric,
    onDidRecord: recorded.event,
    faults: desk.faults,
    channelFaults: sessions.faults,
    guestOf: (place, id) => plane.guestOf(place, id),
    machineOf: (place, id) => guests.find(place, id),
    answer: (request, via) => frontDoor.answer(request, via),
    mayUpgrade: (request, mustBeSigned) => mayUpgrade(request, { world, sessions, digests, mustBeSigned }),
    save: rules => saveWorld(world, { rules, seed: options.seed }),
    dispose() {
      links.dispose();
      commands.dispose();
      plane.dispose();
      guests.shutDown();
      fabric.dispose();
    },
  };
}

/** The machines of a past world are on the network again. */
function announceRunning(world: World): void {
  for (const { place, instances } of world.regions)
    for (const { id, state } of instances.values())
      if (state === 'running') world.announce({ kind: 'instanceRunning', place, instanceId: id });
}
