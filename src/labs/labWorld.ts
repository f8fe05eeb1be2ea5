import type { InstanceId } from '../core/ids';
import type { Instance, Place, SessionManagerStatus } from '../core/network';
import { iamArn } from '../core/partition';
import type { ProfileRole } from '../core/ports/roleGateway';
import { valueOr } from '../core/reading';
import type { NetworkSnapshot, Reading } from '../core/snapshot';

/** Tags on everything that a run of a lab makes. */
export const runTag = 'vpc-labs:run';
export const labTag = 'vpc-labs:lab';

/** What a check looks at: the network as it was read, roles, and who is online. */
export interface LabWorld {
  /** Value of the run tag of this run. */
  readonly runId: string;
  readonly snapshot: NetworkSnapshot;
  /** By ARN of the instance profile. Known and undefined: there is no such profile, or it holds no role. */
  readonly roles: ReadonlyMap<string, Reading<ProfileRole | undefined>>;
  readonly sessionManager: Reading<ReadonlyMap<InstanceId, SessionManagerStatus>>;
}

/** Name of what a run makes, the same for all its parts and unlike those of any other run. */
export const runName = (labId: string, runId: string) => `vpc-labs-${labId}-${runId}`;

export const profileArn = ({ accountId, region }: Place, name: string) =>
  iamArn(region, accountId, `instance-profile/${name}`);

/** Profiles that a world's roles must be read for: those of living instances, and the run's own. */
export function profilesToRead(snapshot: NetworkSnapshot, ownName: string): readonly string[] {
  const instances = valueOr(snapshot.instances, []).filter(isLiving);
  const worn = instances.flatMap(({ instanceProfileArn }) => instanceProfileArn ?? []);
  return [...new Set([...worn, profileArn(snapshot.place, ownName)])];
}

/** Not on its way out; a stopped instance lives. */
export function isLiving({ state }: Instance): boolean {
  return state !== 'terminated' && state !== 'shuttingDown';
}
