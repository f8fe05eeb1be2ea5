import { decodeBase64 } from '../base/base64';
import type { Log } from '../base/log';
import { privateHostName } from '../core/hostNames';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import type { Chance } from './chance';
import type { Digests } from './digests';
import type { Fabric } from './network/fabric';
import type { LaunchData } from './shell/cloudInit/firstBoot';
import { createGuest } from './shell/createGuest';
import type { Guest } from './shell/guest';
import type { Timeline } from './timeline';
import { recordGuestEffect } from './world/guestEffects';
import { freshGuest } from './world/guestState';
import { validPushedKeys } from './world/pushedKeys';
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

/** The operating systems of running instances; each keeps its disk as long as the instance is not terminated. */
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

  /** A machine that starts boots at once; one that stops takes its programs with it. */
  follow({ kind, place, instanceId }: WorldChange): void {
    if (kind === 'instanceRunning') {
      this.find(place, instanceId);
      return;
    }
    this.#running.get(instanceId)?.shutDown();
    this.#running.delete(instanceId);
    recordGuestEffect(this.#options.world, place, instanceId, { kind: 'poweredOff' });
  }

  shutDown(): void {
    for (const guest of this.#running.values()) guest.shutDown();
    this.#running.clear();
  }

  /** Key pairs are by name, user data is in Base64, as EC2 keeps them. */
  #launchData(place: Place, instanceId: InstanceId): LaunchData {
    const { instanceDetails, keyPairs } = this.#options.world.region(place);
    const details = instanceDetails.get(instanceId);
    const keyPair = [...keyPairs.values()].find(({ name }) => name === details?.keyName);
    const userData = details?.userData === undefined ? undefined : decodeBase64(details.userData);
    return { userData: userData && new TextDecoder().decode(userData), publicKey: keyPair?.publicKey };
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
      state: world.region(place).guestStates.get(instanceId) ?? freshGuest,
      launchData: this.#launchData(place, instanceId),
      pushedKeys: userName => validPushedKeys(world.region(place), instanceId, userName, timeline.now()),
      effects: { record: effect => recordGuestEffect(world, place, instanceId, effect) },
    });
  }
}
