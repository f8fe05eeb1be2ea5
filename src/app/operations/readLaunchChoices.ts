import { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import { nameOrId } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { InstanceProfile } from '../../core/ports/roleGateway';
import { valueOr } from '../../core/reading';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { LaunchChoices, LaunchRequest } from '../instancePlan';
import { firstFree } from './planEndpoint';

/** Reads what an instance can be launched into and with. Rejects when there is no subnet, or none can be seen. */
export async function readLaunchChoices(scope: Scope, options: CallOptions = {}): Promise<LaunchChoices> {
  const { network } = await scope.gateways();
  const [snapshot, profiles] = await Promise.all([
    network.readSnapshot(['vpcs', 'subnets', 'securityGroups'], options),
    listProfilesIfAllowed(scope, options),
  ]);
  for (const part of [snapshot.vpcs, snapshot.subnets]) if (!part.known) throw gapError(part.gap);
  const subnets = valueOr(snapshot.subnets, []);
  const vpcs = valueOr(snapshot.vpcs, [])
    .filter(({ id }) => subnets.some(({ vpcId }) => vpcId === id))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || nameOrId(a).localeCompare(nameOrId(b), 'en'));
  if (vpcs.length === 0) throw new LabError('resourceNotFound', { kind: t('a VPC with a subnet') });
  const securityGroups = valueOr(snapshot.securityGroups, []);
  const takenNames = new Set([...(profiles ?? []), ...securityGroups].map(({ name }) => name));
  return { vpcs, subnets, securityGroups, profiles, takenNames };
}

/** Undefined for who may not list them: some may launch instances all the same. */
export async function listProfilesIfAllowed(
  scope: Scope,
  options: CallOptions = {},
): Promise<readonly InstanceProfile[] | undefined> {
  try {
    return await (await scope.gateways()).roles.listInstanceProfiles(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (asLabError(error).code !== 'accessDenied') throw error;
    return undefined;
  }
}

/** What Enter throughout launches, as far as the answers leave it open. */
export function planLaunchRequest(choices: LaunchChoices, answers: Partial<LaunchRequest> = {}): LaunchRequest {
  const vpcId = answers.vpcId ?? choices.vpcs[0]?.id;
  const subnet = choices.subnets.find(each => each.vpcId === vpcId);
  if (!vpcId || !subnet) throw new LabError('resourceNotFound', { kind: t('a VPC with a subnet') });
  const ownGroup = choices.securityGroups.find(group => group.vpcId === vpcId && group.name === 'default');
  const hasPublicAddress = choices.subnets.find(({ id }) => id === answers.subnetId) ?? subnet;
  return {
    vpcId,
    subnetId: subnet.id,
    instanceType: 't3.micro',
    securityGroupIds: ownGroup && [ownGroup.id],
    profile: defaultProfile(choices),
    hasPublicAddress: hasPublicAddress.mapPublicIpOnLaunch,
    name: undefined,
    waitsUntilOnline: true,
    ...answers,
  };
}

/** Begins the name of every profile that this extension makes for Session Manager. */
export const DEFAULT_PROFILE_NAME = 'vpc-labs-session-manager';

/** The one that we made before, else a new one. */
function defaultProfile({ profiles = [], takenNames }: LaunchChoices): LaunchRequest['profile'] {
  const made = profiles.find(({ name, roleName }) => name.startsWith(DEFAULT_PROFILE_NAME) && roleName !== undefined);
  return made
    ? { kind: 'existing', name: made.name }
    : { kind: 'make', name: firstFree(DEFAULT_PROFILE_NAME, takenNames) };
}
