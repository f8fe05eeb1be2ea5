import { Emitter } from '../../base/event';
import { publicHostName } from '../../core/hostNames';
import { type AccountId, accountId, type InstanceId, type PeeringConnectionId } from '../../core/ids';
import type { Place } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import type { Chance } from '../chance';
import type { Timeline } from '../timeline';
import { type Account, type IamUser, usableRole } from './account';
import { Agenda, type DueTransition } from './agenda';
import type { Bucket } from './buckets';
import { siteNamed } from './internetSites';
import { administratorPolicyArn } from './managedPolicies';
import { privateNamesOf } from './ownServices';
import { createPlaceState, type PlaceState } from './placeState';
import type { IssuedKeys } from './principal';
import { publishedTexts } from './publishedTexts';
import type { RoleCredentials, WorldChange, WorldView } from './regionState';
import { RoleSessions } from './roleSessions';
import { refreshRouteStates } from './routeLife';
import { publicAddressesOf, serviceAtAddress } from './serviceDirectory';
import type { Transition } from './transition';
import { zonesOf } from './zones';

export interface AccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface WorldOptions {
  readonly chance: Chance;
  readonly timeline: Timeline;
  /** Divides the durations of control-plane states; 1 is as on AWS. */
  readonly pace: number;
  /** What each kind of transition does when it is due. */
  readonly transitions: TransitionTable;
  /** Puts into a place what an account finds there when it first looks. */
  readonly seedPlace: (region: PlaceState) => void;
  /** Keys of an account's user; without it they follow from the seed, which is fit only where nobody else can call. */
  readonly keysOf?: ((accountName: string) => AccessKeys) | undefined;
}

/** By kind; the rules of one kind of resource stand with its life. */
export type TransitionTable = Readonly<Record<string, (world: World, transition: Transition) => void>>;

const accountDescriptions = [
  { name: 'provider', id: '111122223333' },
  { name: 'consumer', id: '444455556666' },
] as const;

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Both accounts and everything in them. Regions come into being with their default VPC when first asked for. */
export class World implements WorldView {
  readonly timeline: Timeline;
  readonly pace: number;
  /** Provider first. */
  readonly accounts: readonly Account[];
  readonly peeringConnections = new Map<PeeringConnectionId, PeeringConnection>();
  /** Zones in which an AWS service offers no endpoints; see `withdrawnZones.ts`. */
  readonly withdrawnZones = new Set<string>();
  /** Of both accounts, by name: S3 has one name space for all. */
  readonly buckets = new Map<string, Bucket>();
  readonly #chance: Chance;
  readonly #transitions: TransitionTable;
  readonly #agenda: Agenda;
  /** Effects that wait for the change under way. */
  readonly #waiting: Transition[] = [];
  #depth = 0;
  readonly #seedPlace: (region: PlaceState) => void;
  #version = 0;
  readonly #places = new Map<string, PlaceState>();
  readonly #keys = new Map<string, IssuedKeys>();
  readonly #sessions: RoleSessions;
  readonly #changes = new Emitter<WorldChange>();
  readonly #settled = new Emitter<void>();
  readonly #effects = new Emitter<Transition>();
  readonly onDidChange = this.#changes.event;
  /** After each change of any resource, in an operation or at a due time. */
  readonly onDidSettle = this.#settled.event;
  /** Before an effect of the data plane is brought about. */
  readonly onWillTakeEffect = this.#effects.event;

  constructor(options: WorldOptions) {
    this.timeline = options.timeline;
    this.pace = options.pace;
    this.#chance = options.chance;
    this.#transitions = options.transitions;
    this.#seedPlace = options.seedPlace;
    this.#agenda = new Agenda(options.timeline, transition => this.#perform(transition));
    this.#sessions = new RoleSessions(options.chance.fork('role sessions'), this.#keys);
    this.accounts = accountDescriptions.map(({ name, id }) => this.#makeAccount(name, accountId(id), options));
  }

  get regions(): Iterable<PlaceState> {
    return this.#places.values();
  }

  region(place: Place): PlaceState {
    const known = this.#places.get(keyOf(place));
    if (known) return known;
    const made = this.openPlace(place);
    this.#seedPlace(made);
    this.#effects.fire({ kind: 'placeOpened', place, subject: place.region });
    return made;
  }

  /** A place with nothing in it, not even what AWS gives to everyone: to be filled from a saved world. */
  openPlace(place: Place): PlaceState {
    const key = keyOf(place);
    const chance = this.#chance.fork(key);
    const index = this.accounts.findIndex(({ id }) => id === place.accountId);
    const made = createPlaceState(place, zonesOf(place.region, index, chance.fork('zones')), chance);
    this.#places.set(key, made);
    this.#version++;
    return made;
  }

  get version(): number {
    return this.#version;
  }

  account(id: AccountId): Account {
    const found = this.accounts.find(account => account.id === id);
    if (!found) throw new RangeError(`There is no account ${id}`);
    return found;
  }

  /** What an access key id stands for; undefined when it was never given out. */
  issuedKeys(accessKeyId: string): IssuedKeys | undefined {
    const known = this.#keys.get(accessKeyId);
    if (known) return known;
    for (const { temporaryKeys, userKeys } of this.accounts) {
      const given = temporaryKeys.get(accessKeyId) ?? userKeys.get(accessKeyId);
      if (given) return given;
    }
    return undefined;
  }

  /** A source of chance for one purpose, apart from all others. */
  chanceFor(purpose: string): Chance {
    return this.#chance.fork(purpose);
  }

  /** What is still to come, in the order in which it was scheduled. */
  get dueTransitions(): Iterable<DueTransition> {
    return this.#agenda.due;
  }

  /** Brings a transition about after a duration as on AWS, divided by the pace. Throws a RangeError for a kind without a rule. */
  schedule(durationMs: number, transition: Transition): void {
    this.#ruleOf(transition);
    this.#agenda.schedule({ dueMs: this.timeline.now() + Math.max(0, durationMs) / this.pace, transition });
  }

  /** Takes up again what was to come in a saved world. */
  resume(due: DueTransition): void {
    this.#ruleOf(due.transition);
    this.#agenda.schedule(due);
  }

  /** Whether a transition of this kind is still to come for a resource. */
  isScheduled(kind: string, subject: string): boolean {
    return this.#agenda.isScheduled(kind, subject);
  }

  /**
   * Brings a transition about now that comes from the data plane: what a guest did, what a probe found. Everything that enters the world
   * beside API calls and due transitions comes this way, so that a journal can tell the world's whole story.
   */
  takeEffect(effect: Transition): void {
    this.#ruleOf(effect);
    this.#waiting.push(effect);
    if (this.#depth === 0) this.#takeWaiting();
  }

  /**
   * Changes the world in one piece and lets it settle. An effect that comes up meanwhile, such as a machine going off, is brought about
   * afterwards: a journal tells one thing after the other.
   */
  change<T>(work: () => T): T {
    this.#depth++;
    try {
      const result = work();
      if (this.#depth === 1) this.settle();
      return result;
    } finally {
      this.#depth--;
      if (this.#depth === 0) this.#takeWaiting();
    }
  }

  #takeWaiting(): void {
    for (let effect = this.#waiting.shift(); effect; effect = this.#waiting.shift()) {
      this.#effects.fire(effect);
      this.#perform(effect);
    }
  }

  #perform(transition: Transition): void {
    this.change(() => this.#ruleOf(transition)(this, transition));
  }

  #ruleOf({ kind }: Transition): TransitionTable[string] {
    const rule = Object.hasOwn(this.#transitions, kind) ? this.#transitions[kind] : undefined;
    if (!rule) throw new RangeError(`There is no rule for the transition ${kind}`);
    return rule;
  }

  /** To be called when an operation has changed something. Routes follow their targets here, before anybody looks. */
  settle(): void {
    refreshRouteStates(this.regions, this.peeringConnections);
    this.#version++;
    this.#settled.fire();
  }

  announce(change: WorldChange): void {
    this.#version++;
    this.#changes.fire(change);
  }

  roleCredentials(place: Place, instanceId: InstanceId): RoleCredentials | undefined {
    const instance = this.region(place).instances.get(instanceId);
    const role = instance && usableRole(this.account(place.accountId), instance.instanceProfileArn);
    return role && this.#sessions.credentials(place.accountId, instance, role, this.timeline.now());
  }

  publicAddresses(name: string): readonly string[] | undefined {
    const wanted = name.toLowerCase().replace(/\.$/, '');
    return publicAddressesOf(name) ?? siteNamed(wanted)?.addresses ?? this.#publicHost(wanted);
  }

  publishedTexts(name: string): readonly string[] {
    return publishedTexts(this.regions, name);
  }

  serviceAt(address: string): { readonly service: string; readonly region: string } | undefined {
    const found = serviceAtAddress(address);
    return found && { service: found.code, region: found.region };
  }

  privateNamesOf(serviceName: string): readonly string[] {
    return privateNamesOf(this, serviceName);
  }

  #publicHost(name: string): readonly string[] | undefined {
    for (const { place, networkInterfaces } of this.#places.values())
      for (const { publicIpAddress } of networkInterfaces.values())
        if (publicIpAddress !== undefined && publicHostName(publicIpAddress, place.region) === name)
          return [publicIpAddress];
    return undefined;
  }

  #makeAccount(name: string, id: AccountId, { chance, keysOf }: WorldOptions): Account {
    const own = chance.fork(`account/${name}`);
    const keys = keysOf?.(name) ?? {
      accessKeyId: `AKIA${own.text(keyAlphabet, 16)}`,
      secretAccessKey: own.text(secretAlphabet, 40),
    };
    const userId = `AIDA${own.text(keyAlphabet, 17)}`;
    const arn = `arn:aws:iam::${id}:user/${name}`;
    this.#keys.set(keys.accessKeyId, {
      principal: { kind: 'user', accountId: id, name, userId, arn },
      secretAccessKey: keys.secretAccessKey,
      sessionToken: undefined,
      expiresAtMs: undefined,
    });
    const owner: IamUser = {
      name,
      id: userId,
      arn,
      path: '/',
      createdAtMs: this.timeline.now(),
      policyArns: [administratorPolicyArn],
      inlinePolicies: {},
      tags: {},
    };
    return {
      name,
      id,
      ...keys,
      userId,
      roles: new Map(),
      users: new Map([[name, owner]]),
      policies: new Map(),
      temporaryKeys: new Map(),
      userKeys: new Map(),
      instanceProfiles: new Map(),
    };
  }
}

function keyOf({ accountId, region }: Place): string {
  return `${accountId}/${region}`;
}
