import type { AllowedPrincipal, EndpointConnection } from '../core/endpointService';
import type { EndpointServiceConfiguration } from '../core/endpointServiceConfiguration';
import type { EndpointServiceId, InstanceId } from '../core/ids';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import type {
  ListenerDescription,
  LoadBalancerDescription,
  TargetDescription,
  TargetGroupDescription,
} from '../core/loadBalancerDescription';
import type { Instance, Place, SessionManagerStatus } from '../core/network';
import { iamArn } from '../core/partition';
import type { SnapshotPart } from '../core/ports/networkGateway';
import type { ProfileRole } from '../core/ports/roleGateway';
import { valueOr } from '../core/reading';
import type { NetworkSnapshot, Reading } from '../core/snapshot';

/** Tags on everything that a run of a lab makes. */
export const runTag = 'vpc-labs:run';
export const labTag = 'vpc-labs:lab';

/** Whose account a step is about. A lab in one account has its student's; one across two has a provider and a consumer. */
export type AccountRole = 'student' | 'provider' | 'consumer';

/** What a lab can want to know of an account, beside its network: what it offers, balances, and how one gets in. */
export type LabPart = SnapshotPart | 'endpointServices' | 'loadBalancers' | 'instanceConnectEndpoints';

/** The services that an account offers, who may use them, and who does or wants to. */
export interface OfferedServices {
  readonly services: readonly EndpointServiceConfiguration[];
  readonly principals: ReadonlyMap<EndpointServiceId, readonly AllowedPrincipal[]>;
  readonly connections: readonly EndpointConnection[];
}

/** The load balancers of an account, and what stands behind them. Keys are ARNs. */
export interface Balancing {
  readonly loadBalancers: readonly LoadBalancerDescription[];
  readonly attributes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly listeners: ReadonlyMap<string, readonly ListenerDescription[]>;
  readonly targetGroups: readonly TargetGroupDescription[];
  readonly targets: ReadonlyMap<string, readonly TargetDescription[]>;
}

/** One account as a check sees it: the network as it was read, roles, who is online. What the lab does not read is a gap. */
export interface LabSite {
  readonly account: AccountRole;
  readonly labId: string;
  /** Value of the run tag of this run. */
  readonly runId: string;
  readonly snapshot: NetworkSnapshot;
  /** By ARN of the instance profile. Known and undefined: there is no such profile, or it holds no role. */
  readonly roles: ReadonlyMap<string, Reading<ProfileRole | undefined>>;
  readonly sessionManager: Reading<ReadonlyMap<InstanceId, SessionManagerStatus>>;
  readonly endpointServices: Reading<OfferedServices>;
  readonly loadBalancers: Reading<Balancing>;
  readonly instanceConnectEndpoints: Reading<readonly InstanceConnectEndpoint[]>;
}

/** All accounts of a lab, for the checks of steps that look at both sides. */
export type LabWorld = ReadonlyMap<AccountRole, LabSite>;

/** Name of what a run makes, the same for all its parts and unlike those of any other run. */
export const runName = (labId: string, runId: string) => `vpc-labs-${labId}-${runId}`;

export const ownName = ({ labId, runId }: Pick<LabSite, 'labId' | 'runId'>) => runName(labId, runId);
export const ownProfileArn = (site: LabSite) => profileArn(site.snapshot.place, ownName(site));

export const profileArn = ({ accountId, region }: Place, name: string) =>
  iamArn(region, accountId, `instance-profile/${name}`);

/** Profiles that a site's roles must be read for: those of living instances, and the run's own. */
export function profilesToRead(snapshot: NetworkSnapshot, profileName: string): readonly string[] {
  const instances = valueOr(snapshot.instances, []).filter(isLiving);
  const worn = instances.flatMap(({ instanceProfileArn }) => instanceProfileArn ?? []);
  return [...new Set([...worn, profileArn(snapshot.place, profileName)])];
}

/** Not on its way out; a stopped instance lives. */
export function isLiving({ state }: Instance): boolean {
  return state !== 'terminated' && state !== 'shuttingDown';
}
