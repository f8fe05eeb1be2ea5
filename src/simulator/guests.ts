import type { Log } from '../base/log';
import { privateHostName } from '../core/hostNames';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import type { Chance } from './chance';
import type { Digests } from './digests';
import type { Fabric } from './network/fabric';
import { createGuest } from './shell/createGuest';
import type { Guest } from './shell/guest';
import type { Timeline } from './timeline';
import type { WorldChange } from './world/regionState';
import type { World } from './world/world';

export interface GuestsOptions {
  readonly world: World;
  readonly fabric: Fabric;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly digests: Digests;
  readonly log: Log;
}

/** The operating systems of running instances, booted when somebody first wants one. */
export class Guests {
  readonly #options: GuestsOptions;
  readonly #running = new Map<InstanceId, Guest>();

  constructor(options: GuestsOptions) {
    this.#options = options;
  }

  /** The guest of a running instance. */
  find(place: Place, instanceId: InstanceId): Guest | undefined {
    const { world } = this.#options;
    if (world.region(place).instances.get(instanceId)?.state !== 'running') return undefined;
    const known = this.#running.get(instanceId);
    if (known) return known;
    const guest = this.#boot(place, instanceId);
    this.#running.set(instanceId, guest);
    return guest;
  }

  /** A machine that starts is on the network at once; one that stops takes its programs with it. */
  follow(change: WorldChange): void {
    if (change.kind === 'instanceRunning') {
      this.#options.fabric.hostNetwork(change.place, change.instanceId);
      return;
    }
    this.#running.get(change.instanceId)?.shutDown();
    this.#running.delete(change.instanceId);
  }

  shutDown(): void {
    for (const guest of this.#running.values()) guest.shutDown();
    this.#running.clear();
  }

  #boot(place: Place, instanceId: InstanceId): Guest {
    const { world, fabric, timeline, chance, digests, log } = this.#options;
    const address = world.region(place).instances.get(instanceId)?.privateIpAddress ?? '';
    return createGuest({
      network: fabric.hostNetwork(place, instanceId),
      timeline,
      chance: chance.fork(`${instanceId}/${timeline.now()}`),
      digests,
      hostName: privateHostName(address, place.region),
      instanceId,
      region: place.region,
      log,
    });
  }
}
