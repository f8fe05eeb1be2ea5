/**
 * Health of registered targets. Nothing here guesses: a target leaves `initial` when probes of the load balancer's nodes have reached it, or
 * failed to ("Network Load Balancers: Health checks for target groups").
 */
import type { HealthCheck, ProbeRun, RegisteredTarget, TargetGroup, TargetHealth } from '../../core/loadBalancing';
import type { Place } from '../../core/network';
import type { PlaceState } from './placeState';
import type { TransitionTable, World } from './world';

/** One probe's end, as a load balancer's node saw it. */
export interface ProbeResult {
  readonly targetGroupArn: string;
  readonly targetId: string;
  /** The target's own port, whichever port was probed. */
  readonly port: number;
  /** Interface of the node that probed. */
  readonly nodeInterfaceId: string;
  /** Connected for TCP, answered with a code of the matcher for HTTP, in time. */
  readonly hasPassed: boolean;
}

/** Why a target is in the state in which it is, in AWS's words. */
export type HealthReason = Pick<RegisteredTarget, 'reason' | 'description'>;

export const initialChecks = {
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
} as const satisfies HealthReason;

const failedChecks: HealthReason = { reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };
const noReason: HealthReason = { reason: undefined, description: undefined };

/** Whether nodes send probes to a target: from the end of its registration until it is deregistered or out of use. */
export function isProbed({ health, reason }: RegisteredTarget): boolean {
  return health === 'healthy' || health === 'unhealthy' || reason === initialChecks.reason;
}

/**
 * Takes a probe's result into the world, as an effect of the data plane. What changes nothing, such as one more success of a healthy target,
 * is left out, as are results about targets that are not probed.
 */
export function reportProbe(world: World, place: Place, result: ProbeResult): void {
  const found = probedTarget(world, place, result);
  if (!found) return;
  const before = found.target.probes[result.nodeInterfaceId];
  if (runAfter(before, result.hasPassed, found.group.healthCheck) === before) return;
  const { targetGroupArn: subject, targetId, port, nodeInterfaceId, hasPassed } = result;
  world.takeEffect({ kind: 'targetProbed', place, subject, detail: { targetId, port, nodeInterfaceId, hasPassed } });
}

function probedTarget(
  world: World,
  place: Place,
  { targetGroupArn, targetId, port }: ProbeResult,
): { readonly group: TargetGroup; readonly target: RegisteredTarget } | undefined {
  const group = world.region(place).targetGroups.get(targetGroupArn);
  const target = group?.targets.find(other => isSameTarget(other, { id: targetId, port }));
  return group && target && isProbed(target) ? { group, target } : undefined;
}

function takeResult(world: World, place: Place, result: ProbeResult): void {
  const { group, target } = probedTarget(world, place, result) ?? {};
  if (!group || !target) return;
  const { nodeInterfaceId, hasPassed } = result;
  const run = runAfter(target.probes[nodeInterfaceId], hasPassed, group.healthCheck);
  const probed = { ...target, probes: { ...target.probes, [nodeInterfaceId]: run } };
  replaceTarget(world.region(place), group, judgedByProbes(world, probed));
}

/** A node's run with one more result: one success is enough for the first verdict, later ones need as many results in a row as the check says. */
export function runAfter(before: ProbeRun | undefined, hasPassed: boolean, check: HealthCheck): ProbeRun {
  const { verdict, contraryCount } = before ?? { verdict: undefined, contraryCount: 0 };
  const found = hasPassed ? 'healthy' : 'unhealthy';
  if (before && found === verdict && contraryCount === 0) return before;
  if (found === verdict) return { verdict, contraryCount: 0 };
  const needed = hasPassed ? (verdict ? check.healthyThreshold : 1) : check.unhealthyThreshold;
  return contraryCount + 1 >= needed
    ? { verdict: found, contraryCount: 0 }
    : { verdict, contraryCount: contraryCount + 1 };
}

/** Nodes agree by majority ("health checks are distributed and use a consensus mechanism"); a tie counts against the target. */
function judgedByProbes(world: World, target: RegisteredTarget): RegisteredTarget {
  const verdicts = Object.values(target.probes).flatMap(({ verdict = [] }) => verdict);
  if (verdicts.length === 0) return target;
  const isHealthy = verdicts.filter(verdict => verdict === 'healthy').length * 2 > verdicts.length;
  return isHealthy ? turned(world, target, 'healthy', noReason) : turned(world, target, 'unhealthy', failedChecks);
}

/** The target in another state from now on; the very same value when that is its state already. */
export function turned(
  world: World,
  target: RegisteredTarget,
  health: TargetHealth,
  { reason, description }: HealthReason,
): RegisteredTarget {
  if (target.health === health && target.reason === reason && target.description === description) return target;
  return { ...target, health, reason, description, sinceMs: world.timeline.now() };
}

/** Puts a target in the place of the one with its id and port. */
export function replaceTarget(region: PlaceState, group: TargetGroup, target: RegisteredTarget): void {
  const targets = group.targets.map(other => (isSameTarget(other, target) ? target : other));
  region.targetGroups.set(group.arn, { ...group, targets });
}

/** A target may be registered once for each of its ports. */
export type TargetKey = Pick<RegisteredTarget, 'id' | 'port'>;

export function isSameTarget(left: TargetKey, right: TargetKey): boolean {
  return left.id === right.id && left.port === right.port;
}

/** What probes do to targets. */
export const probeTransitions: TransitionTable = {
  targetProbed: (world, { place, subject, detail }) =>
    takeResult(world, place, {
      targetGroupArn: subject,
      targetId: String(detail?.targetId),
      port: Number(detail?.port),
      nodeInterfaceId: String(detail?.nodeInterfaceId),
      hasPassed: detail?.hasPassed === true,
    }),
};
