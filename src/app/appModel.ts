/** What `app` offers to whoever draws: scopes, stores with events, operations. The implementations stand beside it. */
import type { Event } from '../base/event';
import type { InstanceId, Region, ScopeId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../core/ids';
import type { LabError } from '../core/errors';
import type { Instance, NetworkInterface, SecurityGroup, SessionManagerStatus, Subnet, VpcEndpoint } from '../core/network';
import type { CloudGateways, Identity } from '../core/ports/gateways';

export type ScopeKind = 'practice' | 'local' | 'live';

/** Account, region and how to sign in. The gateways come lazily: no SDK is loaded before the first call. */
export interface Scope {
  readonly id: ScopeId;
  /** `provider`, `consumer`, or the profile's name. */
  readonly label: string;
  readonly kind: ScopeKind;
  readonly region: Region;
  gateways(): Promise<CloudGateways>;
}

/** A value that is asked for, with what became of the asking. The old value stays visible while a new one is read. */
export interface Loadable<T> {
  readonly value: T | undefined;
  readonly isLoading: boolean;
  readonly error: LabError | undefined;
}

export interface ScopeStore {
  readonly scopes: readonly Scope[];
  readonly onDidChange: Event<void>;
  add(scope: Scope): void;
  remove(id: ScopeId): void;
  /** Asked once, then remembered. */
  identityOf(scope: Scope): Promise<Identity>;
}

/** An endpoint with what its node opens into. */
export interface EndpointDetails {
  readonly endpoint: VpcEndpoint;
  readonly interfaces: readonly (NetworkInterface & { readonly availabilityZone: string | undefined })[];
  readonly securityGroups: readonly SecurityGroup[];
}

export interface InstanceEntry {
  readonly instance: Instance;
  readonly availabilityZone: string | undefined;
  readonly sessionManager: SessionManagerStatus | undefined;
}

/**
 * A list of one scope's resources. `load` answers two callers with one request; things in motion are polled with growing gaps while
 * `watch` is held (a view is visible), and stop when nothing moves.
 */
export interface ResourceStore<T> {
  get(scope: Scope): Loadable<readonly T[]>;
  load(scope: Scope): Promise<readonly T[]>;
  refresh(scope: Scope): Promise<readonly T[]>;
  /** Fires the scope and, when only one thing changed, its id. */
  readonly onDidChange: Event<{ readonly scope: Scope; readonly id?: string }>;
  watch(scope: Scope): { dispose(): void };
}

export interface SubnetChoice {
  readonly subnet: Subnet;
  readonly isChosen: boolean;
}

export type CaptureTarget = { readonly scope: Scope; readonly instanceId: InstanceId; readonly endpointId?: VpcEndpointId };

export interface CreateInterfaceEndpointRequest {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  readonly subnetIds: readonly SubnetId[];
  /** Undefined: make a group that admits 443 from the VPC. */
  readonly securityGroupIds: readonly SecurityGroupId[] | undefined;
  readonly privateDnsEnabled: boolean;
  readonly name: string | undefined;
}
