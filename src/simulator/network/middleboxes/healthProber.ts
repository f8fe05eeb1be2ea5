import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import type { NetworkInterfaceId } from '../../../core/ids';
import type { NetworkLoadBalancer, RegisteredTarget, TargetGroup } from '../../../core/loadBalancing';
import { isCrossZone } from '../../../core/loadBalancingAttributes';
import type { Place } from '../../../core/network';
import type { Chance } from '../../chance';
import type { RegionState, WorldView } from '../../world/regionState';
import { isProbed, type ProbeResult } from '../../world/targetHealth';
import type { WorldLookup } from '../forwarding/worldLookup';
import { targetInterface, zonedTargets } from './balanceLoad';
import type { ProbeHost } from './probeHost';

export interface HealthProberOptions {
  readonly world: WorldView;
  readonly lookup: WorldLookup;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Divides the intervals of health checks. */
  readonly pace: number;
  hostOf(state: RegionState, node: NetworkInterfaceId): ProbeHost | undefined;
  report(place: Place, result: ProbeResult): void;
}

interface Duty {
  readonly state: RegionState;
  readonly node: NetworkInterfaceId;
  readonly groupArn: string;
  readonly target: Pick<RegisteredTarget, 'id' | 'port'>;
}

/** All probes together, so that a world with hundreds of targets stays cheap. */
const probesPerSecond = 30;
/** No answer comes faster than the network is. */
const leastLimitMs = 1000;

/** Sends the health checks of every load balancer's nodes, each target at its group's interval, and reports what they find. */
export class HealthProber implements Disposable {
  readonly #options: HealthProberOptions;
  readonly #duties = new Map<string, { readonly duty: Duty; readonly timer: Disposable }>();
  readonly #changes: Disposable;

  constructor(options: HealthProberOptions) {
    this.#options = options;
    this.#changes = options.world.onDidSettle(() => this.#plan());
    this.#plan();
  }

  dispose(): void {
    this.#changes.dispose();
    for (const { timer } of this.#duties.values()) timer.dispose();
    this.#duties.clear();
  }

  /** Takes up what is new and gives up what is gone. */
  #plan(): void {
    const wanted = new Map([...this.#options.world.regions].flatMap(state => this.#dutiesIn(state)));
    for (const [key, { timer }] of [...this.#duties])
      if (!wanted.has(key)) {
        timer.dispose();
        this.#duties.delete(key);
      }
    for (const [key, duty] of wanted) if (!this.#duties.has(key)) this.#await(key, duty, 0);
  }

  #dutiesIn(state: RegionState): (readonly [string, Duty])[] {
    const duties = new Map<string, Duty>();
    for (const { loadBalancerArn, targetGroupArn } of state.listeners.values()) {
      const loadBalancer = state.loadBalancers.get(loadBalancerArn);
      const group = state.targetGroups.get(targetGroupArn);
      if (loadBalancer?.state !== 'active' || !group?.healthCheck.isEnabled) continue;
      for (const duty of this.#dutiesOf(state, loadBalancer, group))
        duties.set(`${duty.node} ${duty.groupArn} ${duty.target.id}:${duty.target.port}`, duty);
    }
    return [...duties];
  }

  /** A node looks after the targets that it sends to: those of its zone, or all of them. */
  #dutiesOf(state: RegionState, loadBalancer: NetworkLoadBalancer, group: TargetGroup): Duty[] {
    const crossesZones = isCrossZone(loadBalancer, group);
    return zonedTargets(state, this.#options.lookup, group).flatMap(({ target, zone }) => {
      if (!isProbed(target)) return [];
      const nodes = loadBalancer.nodes.filter(
        ({ availabilityZone }) => crossesZones || zone === undefined || zone === availabilityZone,
      );
      return nodes.map(({ networkInterfaceId: node }) => ({ state, node, groupArn: group.arn, target }));
    });
  }

  #await(key: string, duty: Duty, waitMs: number): void {
    const { clock, chance } = this.#options;
    const jitterMs = chance.between(20, 400);
    const timer = clock.after(waitMs + jitterMs, () => void this.#perform(key, duty));
    this.#duties.set(key, { duty, timer });
  }

  async #perform(key: string, duty: Duty): Promise<void> {
    const { state, node, target, groupArn } = duty;
    const { pace } = this.#options;
    const group = state.targetGroups.get(groupArn);
    const host = this.#options.hostOf(state, node);
    const end = group && this.#endOf(duty, group);
    if (!group || !host) {
      this.#await(key, duty, leastLimitMs);
      return;
    }
    const { timeoutSeconds, intervalSeconds } = group.healthCheck;
    const limitMs = Math.max(leastLimitMs, (timeoutSeconds * 1000) / pace);
    const hasPassed = end !== undefined && (await host.probe(end, group.healthCheck, limitMs));
    // Meanwhile it may have been given up, and taken up anew.
    if (this.#duties.get(key)?.duty !== duty) return;
    const leastMs = (this.#duties.size * 1000) / probesPerSecond;
    this.#await(key, duty, Math.max((intervalSeconds * 1000) / pace, leastMs));
    this.#options.report(state.place, {
      targetGroupArn: groupArn,
      targetId: target.id,
      port: target.port,
      nodeInterfaceId: node,
      hasPassed,
    });
  }

  #endOf({ state, target }: Duty, group: TargetGroup) {
    const owner = targetInterface(state, this.#options.lookup, group, target);
    const address = owner?.privateIpAddress ?? (group.targetType === 'ip' ? target.id : undefined);
    const { port } = group.healthCheck;
    return address === undefined ? undefined : { address, port: port === 'traffic-port' ? target.port : Number(port) };
  }
}
