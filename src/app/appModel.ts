/** What `app` offers to whoever draws: scopes and stores with events. The implementations stand beside it. */
import type { Event } from '../base/event';
import type { LabError } from '../core/errors';
import type { InstanceId, PrefixListId, Region, RouteTableId, ScopeId, VpcEndpointId } from '../core/ids';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import type {
  Instance,
  NetworkInterface,
  SecurityGroup,
  SessionManagerStatus,
  Subnet,
  VpcEndpoint,
} from '../core/network';
import type { CloudGateways } from '../core/ports/gateways';
import type { Identity } from '../core/ports/identityGateway';
import type { SignInDesk } from '../core/ports/signIn';
import type { Gap } from '../core/snapshot';
import type { SessionReach } from './sessionReach';

export type ScopeKind = 'practice' | 'local' | 'live';

/** What is remembered of a scope between windows: how to sign in, never a secret. */
export interface SavedScope {
  /** A profile of the shared AWS config files. */
  readonly profile: string;
  readonly region: string;
  /** As the profile named it when the scope was added; absent for AWS itself. */
  readonly endpointUrl?: string;
  /** The same for single services, by their id in the shared config. */
  readonly serviceEndpointUrls?: Readonly<Record<string, string>>;
  readonly isReadOnly?: boolean;
}

/** Account, region and how to sign in. The gateways come lazily: no SDK is loaded before the first call. */
export interface Scope {
  readonly id: ScopeId;
  /** `provider`, `consumer`, or the profile's name. */
  readonly label: string;
  readonly kind: ScopeKind;
  readonly region: Region;
  /** Present when the scope outlives the window. */
  readonly saved?: SavedScope;
  /** The person wants nothing changed through it; the account's own rights are another matter. */
  readonly isReadOnly?: boolean;
  /** Signs in anew with a person at hand; absent where nothing ever expires. Rejects with an `AbortError` when the person gives up. */
  signIn?(desk: SignInDesk): Promise<void>;
  gateways(): Promise<CloudGateways>;
}

/** A value that is asked for, with what became of the asking. The old value stays visible while a new one is read. */
export interface Loadable<T> {
  readonly value: T | undefined;
  readonly isLoading: boolean;
  readonly error: LabError | undefined;
  /** Pages came, and others are still being read or could not be: what is missing from the value may exist all the same. */
  readonly isPartial: boolean;
}

export interface ScopeStore {
  readonly scopes: readonly Scope[];
  readonly onDidChange: Event<void>;
  /** Replaces a scope with the same id. */
  add(scope: Scope): void;
  remove(id: ScopeId): void;
  find(id: string): Scope | undefined;
  /** The scope stays the same object: stores, views and panels know it by that. */
  setReadOnly(id: ScopeId, isReadOnly: boolean): void;
  /** Say so after a sign-in: another account may be behind it. */
  noteSignIn(scope: Scope): void;
  /** Asked once, then remembered; a failure is asked again. */
  identityOf(scope: Scope): Promise<Identity>;
}

export interface EndpointInterface extends NetworkInterface {
  readonly availabilityZone: string | undefined;
  /** The same in every account, such as `aps1-az1`. */
  readonly availabilityZoneId?: string | undefined;
}

/** A route table that leads to a gateway endpoint. */
export interface EndpointRouteTable {
  readonly id: RouteTableId;
  readonly name: string | undefined;
  /** The service's addresses, where the table sends them to the endpoint; undefined when the table could not be read. */
  readonly prefixListId: PrefixListId | undefined;
  readonly prefixListName: string | undefined;
  /** Whose traffic leaves by this table. */
  readonly subnets: readonly Subnet[];
}

/** An endpoint with what its node opens into. */
export interface EndpointDetails {
  readonly endpoint: VpcEndpoint;
  /** In the order of their zones. */
  readonly interfaces: readonly EndpointInterface[];
  readonly securityGroups: readonly SecurityGroup[];
  /** Of a gateway endpoint. */
  readonly routeTables: readonly EndpointRouteTable[];
  /** What could not be read; the lists above are then shorter than the truth. */
  readonly gaps: readonly Gap[];
}

/** An EC2 Instance Connect Endpoint with what its node opens into. */
export interface InstanceConnectDetails {
  readonly instanceConnect: InstanceConnectEndpoint;
  readonly interfaces: readonly EndpointInterface[];
  readonly subnet: Subnet | undefined;
  readonly securityGroups: readonly SecurityGroup[];
  readonly gaps: readonly Gap[];
}

/** A row of the *Endpoints* view. */
export type EndpointEntry = EndpointDetails | InstanceConnectDetails;

export interface InstanceEntry {
  readonly instance: Instance;
  readonly availabilityZone: string | undefined;
  /** Undefined: never registered, or could not be asked (then `sessionManagerError` says why). */
  readonly sessionManager: SessionManagerStatus | undefined;
  readonly sessionManagerError: LabError | undefined;
  /** What both and the instance's state come to. */
  readonly reach: SessionReach;
}

/**
 * A list of one scope's resources. `load` answers two callers with one request; things in motion are polled with growing gaps while
 * `watch` is held (a view is visible), and stop when nothing moves.
 */
export interface ResourceStore<T> {
  idOf(item: T): string;
  get(scope: Scope): Loadable<readonly T[]>;
  /** What is remembered, else what is being read, else a new reading. Rejects with a `LabError`. */
  load(scope: Scope): Promise<readonly T[]>;
  /** As soon as there is something to draw: what is remembered, else after the first page or the failure. Never rejects. */
  firstRows(scope: Scope): Promise<Loadable<readonly T[]>>;
  /** Reads anew; joins a reading that is under way. */
  refresh(scope: Scope): Promise<readonly T[]>;
  /** Say so after a change of one's own: reads anew and polls until the thing has settled. Does not reject. */
  noteChange(scope: Scope, id?: string): Promise<void>;
  find(scope: Scope, id: string): T | undefined;
  /** Fires the scope and, when only one thing changed, its id. */
  readonly onDidChange: Event<{ readonly scope: Scope; readonly id?: string }>;
  watch(scope: Scope): { dispose(): void };
  /** Forgets what was read of all other scopes. */
  keepOnly(scopes: readonly Scope[]): void;
}

export interface CaptureTarget {
  readonly scope: Scope;
  readonly instanceId: InstanceId;
  /** What to call it until the network was read. */
  readonly instanceName?: string;
  readonly endpointId?: VpcEndpointId;
}

/** Where a store keeps what must outlive the window; `vscode.Memento` is one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
