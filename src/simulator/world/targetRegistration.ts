import type { Disposable } from '../../base/disposable';
import type { RegisteredTarget, TargetGroup } from '../../core/loadBalancing';
import { targetGroupAttributes } from '../../core/loadBalancingAttributes';
import type { PlaceState } from './placeState';
import { type HealthReason, initialChecks, isSameTarget, replaceTarget, type TargetKey, turned } from './targetHealth';
import { type TargetStanding, targetStanding } from './targetStanding';
import type { Transition } from './transition';
import type { TransitionTable, World } from './world';

const secondMs = 1000;

const registration = {
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
} as const satisfies HealthReason;

const deregistration: HealthReason = {
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
};

/** Registers targets; one that is registered already stays as it is, one that drains comes back. */
export function registerTargets(
  world: World,
  region: PlaceState,
  group: TargetGroup,
  added: readonly Pick<RegisteredTarget, 'id' | 'port' | 'availabilityZone'>[],
): void {
  const isAdded = (target: TargetKey) => added.some(other => isSameTarget(other, target));
  const kept = group.targets.filter(target => target.health !== 'draining' || !isAdded(target));
  const fresh = added
    .filter((target, index) => added.findIndex(other => isSameTarget(other, target)) === index)
    .filter(target => !kept.some(other => isSameTarget(other, target)))
    .map(target => ({
      ...target,
      health: 'unused' as const,
      reason: undefined,
      description: undefined,
      sinceMs: world.timeline.now(),
      probes: {},
    }));
  region.targetGroups.set(group.arn, { ...group, targets: [...kept, ...fresh] });
}

/** Lets targets drain for as long as the group says; those out of use go at once. */
export function deregisterTargets(
  world: World,
  region: PlaceState,
  group: TargetGroup,
  keys: readonly TargetKey[],
): void {
  const delayMs = Number(targetGroupAttributes(group)['deregistration_delay.timeout_seconds']) * secondMs;
  const targets = group.targets.flatMap(target => {
    if (!keys.some(key => isSameTarget(key, target)) || target.health === 'draining') return [target];
    if (target.health === 'unused' || delayMs === 0) return [];
    const draining = { ...turned(world, target, 'draining', deregistration), probes: {} };
    schedule(world, region, 'targetDrained', delayMs, group, draining);
    return [draining];
  });
  region.targetGroups.set(group.arn, { ...group, targets });
}

function subjectOf(group: TargetGroup, { id, port }: TargetKey): string {
  return `${group.arn} ${id}:${port}`;
}

/** The moment tells this state of the target from a later one of the same name. */
function schedule(
  world: World,
  region: PlaceState,
  kind: 'targetDrained' | 'targetRegistered',
  durationMs: number,
  group: TargetGroup,
  target: RegisteredTarget,
): void {
  const detail = { groupArn: group.arn, targetId: target.id, port: target.port, sinceMs: target.sinceMs };
  world.schedule(durationMs, { kind, place: region.place, subject: subjectOf(group, target), detail });
}

/** Keeps targets in step with listeners, zones and instances. */
export function watchTargets(world: World): Disposable {
  return world.onDidSettle(() => {
    const changed = [...world.regions].flatMap(region =>
      [...region.targetGroups.values()].filter(group => followStanding(world, region, group)),
    );
    if (changed.length > 0) world.settle();
  });
}

/** Says whether anything about the group's targets is different now. */
function followStanding(world: World, region: PlaceState, group: TargetGroup): boolean {
  const targets = group.targets.flatMap(target => {
    const standing = targetStanding(region, group, target);
    return standing.kind === 'gone' ? [] : [inStanding(world, region, group, target, standing)];
  });
  const isSame = targets.length === group.targets.length && targets.every((target, at) => target === group.targets[at]);
  if (!isSame) region.targetGroups.set(group.arn, { ...group, targets });
  return !isSame;
}

function inStanding(
  world: World,
  region: PlaceState,
  group: TargetGroup,
  target: RegisteredTarget,
  standing: Exclude<TargetStanding, { readonly kind: 'gone' }>,
): RegisteredTarget {
  if (target.health === 'draining') return target;
  if (standing.kind === 'unused') {
    const unused = turned(world, target, 'unused', standing);
    return unused === target ? target : { ...unused, probes: {} };
  }
  if (target.health !== 'unused' && target.reason !== registration.reason)
    return withoutLostNodes(target, standing.nodeInterfaceIds);
  const registering = turned(world, target, 'initial', registration);
  if (standing.isBalancerActive) completeRegistration(world, region, group, registering);
  return registering;
}

/** Registration takes its time from when there is a load balancer that works. */
function completeRegistration(world: World, region: PlaceState, group: TargetGroup, target: RegisteredTarget): void {
  if (world.isScheduled('targetRegistered', subjectOf(group, target))) return;
  const durationMs = region.chanceFor('target registration').between(30, 90) * secondMs;
  schedule(world, region, 'targetRegistered', durationMs, group, target);
}

/** What a node said does not count any more when it is gone. */
function withoutLostNodes(target: RegisteredTarget, nodeInterfaceIds: readonly string[]): RegisteredTarget {
  const entries = Object.entries(target.probes);
  const kept = entries.filter(([id]) => nodeInterfaceIds.includes(id));
  return kept.length === entries.length ? target : { ...target, probes: Object.fromEntries(kept) };
}

/** The target that a transition is about, as long as it is in the state for which that was scheduled. */
function scheduledTarget(
  region: PlaceState,
  { detail }: Transition,
): { readonly group: TargetGroup; readonly target: RegisteredTarget } | undefined {
  const group = region.targetGroups.get(String(detail?.groupArn));
  const target = group?.targets.find(({ id, port }) => id === detail?.targetId && port === detail.port);
  return group && target?.sinceMs === detail?.sinceMs && target ? { group, target } : undefined;
}

function beginChecks(world: World, region: PlaceState, transition: Transition): void {
  const { group, target } = scheduledTarget(region, transition) ?? {};
  if (!group || target?.reason !== registration.reason) return;
  replaceTarget(region, group, turned(world, target, 'initial', initialChecks));
}

function forget(region: PlaceState, transition: Transition): void {
  const { group, target } = scheduledTarget(region, transition) ?? {};
  if (!group || target?.health !== 'draining') return;
  region.targetGroups.set(group.arn, { ...group, targets: group.targets.filter(other => other !== target) });
}

/** What time does to registered targets. */
export const targetTransitions: TransitionTable = {
  targetRegistered: (world, transition) => beginChecks(world, world.region(transition.place), transition),
  targetDrained: (world, transition) => forget(world.region(transition.place), transition),
};
