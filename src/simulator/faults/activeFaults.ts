import { type Disposable, toDisposable } from '../../base/disposable';
import type { ServiceFault } from '../protocols/serviceFault';
import type { ServiceModel } from '../protocols/serviceModels';
import { signInFaults } from '../protocols/signInFaults';
import { matchesWildcards } from '../world/wildcards';
import type { World } from '../world/world';
import { homeRegion } from '../world/zones';
import type { Fault } from './fault';
import { failed, throttled } from './refusals';

/** What becomes of a call under the faults in force. */
export interface Disturbance {
  readonly delayMs: number;
  readonly refusal: ServiceFault | undefined;
}

interface Active {
  readonly fault: Fault;
  left: number;
}

/** The faults in force. They belong to whoever runs the cloud: what they keep from the world is neither saved nor told again. */
export class ActiveFaults {
  readonly #world: World;
  readonly #active = new Set<Active>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Puts a fault in force until it is disposed of, or has met as many calls as it says. */
  add(fault: Fault): Disposable {
    const active = {
      fault,
      left: 'times' in fault ? (fault.times ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    };
    this.#active.add(active);
    if (fault.kind === 'withoutZone') this.#changeZone('zoneWithdrawn', fault);
    return toDisposable(() => {
      const wasActive = this.#active.delete(active);
      if (wasActive && fault.kind === 'withoutZone') this.#changeZone('zoneOffered', fault);
    });
  }

  /** What happens to a call; counts it. */
  meet(service: ServiceModel, operation: string): Disturbance {
    let delayMs = 0;
    for (const active of [...this.#active]) {
      if (!meets(active.fault, `${service.signingName}:${operation}`)) continue;
      active.left--;
      if (active.left <= 0) this.#active.delete(active);
      if (active.fault.kind !== 'slow') return { delayMs, refusal: refusalOf(active.fault, service) };
      delayMs += active.fault.delayMs;
    }
    return { delayMs, refusal: undefined };
  }

  /** How long reads lag behind changes. */
  get readLagMs(): number {
    const lags = [...this.#active].map(({ fault }) => (fault.kind === 'lateReads' ? fault.delayMs : 0));
    return Math.max(0, ...lags);
  }

  /** What a service offers is a matter of the world's, so that the world is the same when it is told again. */
  #changeZone(kind: string, { service, zone }: Extract<Fault, { kind: 'withoutZone' }>): void {
    const [account] = this.#world.accounts;
    if (!account) return;
    const place = { accountId: account.id, region: homeRegion };
    this.#world.takeEffect({ kind, place, subject: service, detail: { zone } });
  }
}

function meets(fault: Fault, call: string): boolean {
  return 'on' in fault && matchesWildcards(fault.on, call);
}

function refusalOf({ kind }: Fault, service: ServiceModel): ServiceFault | undefined {
  switch (kind) {
    case 'throttle':
      return throttled(service);
    case 'serverError':
      return failed(service);
    case 'expiredCredentials':
      return signInFaults[service.protocol].expiredToken();
    default:
      return undefined;
  }
}
