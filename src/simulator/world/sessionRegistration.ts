import { type Disposable, DisposableStore } from '../../base/disposable';
import { type InstanceId, instanceId as parseInstanceId } from '../../core/ids';
import type { Instance } from '../../core/network';
import type { NetworkSnapshot } from '../../core/snapshot';
import type { PlaceState } from './placeState';
import { readRegion } from './readRegion';
import { canReachSessionManager } from './sessionPath';
import type { TransitionTable, World } from './world';

const secondMs = 1000;
/** The kind of transition in which a node's standing changes. */
const turn = 'managedNodeTurns';

/** Keeps each instance's standing with Session Manager in step with its role and its way to the service. */
export function watchSessionManager(world: World): Disposable {
  const watching = new DisposableStore();
  watching.add(
    world.onDidSettle(() => {
      for (const region of world.regions) {
        let read: NetworkSnapshot | undefined;
        const snapshot = () => (read ??= readRegion(region, world.timeline.now()));
        for (const instance of region.instances.values()) consider(world, region, instance, snapshot);
      }
    }),
  );
  watching.add(
    world.onDidChange(({ kind, place, instanceId }) => {
      if (kind === 'instanceGone') goOffline(world, world.region(place), instanceId);
    }),
  );
  return watching;
}

/** The agent stops with its machine, and registers anew when that starts again. */
function goOffline(world: World, region: PlaceState, id: InstanceId): void {
  const node = region.managedNodes.get(id);
  if (node) region.managedNodes.set(id, { ...node, isOnline: false, lastPingAtMs: world.timeline.now() });
}

/** Online 30 to 120 s after everything needed is there; lost a few minutes after it went. */
function consider(world: World, region: PlaceState, instance: Instance, snapshot: () => NetworkSnapshot): void {
  const isOnline = region.managedNodes.get(instance.id)?.isOnline ?? false;
  if (world.isScheduled(turn, instance.id)) return;
  if (canReachSessionManager(world, region, instance, snapshot) === isOnline) return;
  const chance = region.chanceFor('session manager');
  const durationMs = isOnline ? chance.between(120, 240) * secondMs : chance.between(30, 60) * secondMs;
  world.schedule(durationMs, { kind: turn, place: region.place, subject: instance.id });
}

/** Brings a node's standing up to date at once. */
export function register(world: World, region: PlaceState, instance: Instance): void {
  const node = region.managedNodes.get(instance.id);
  const isOnline = canReachSessionManager(world, region, instance);
  if (!isOnline && !node) return;
  const nowMs = world.timeline.now();
  region.managedNodes.set(instance.id, {
    registeredAtMs: node?.registeredAtMs ?? nowMs,
    isOnline,
    lastPingAtMs: node && !isOnline && !node.isOnline ? node.lastPingAtMs : nowMs,
  });
}

/** What time does to managed nodes. */
export const managedNodeTransitions: TransitionTable = {
  [turn]: (world, { place, subject }) => {
    const region = world.region(place);
    const instance = region.instances.get(parseInstanceId(subject));
    if (instance) register(world, region, instance);
  },
};
