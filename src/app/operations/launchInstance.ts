import { type Clock, delay } from '../../base/clock';
import { quoteIfNeeded } from '../../base/shellQuoting';
import type { SecurityGroupId } from '../../core/ids';
import type { Instance } from '../../core/network';
import type { CloudGateways } from '../../core/ports/gateways';
import type { LaunchInstanceInput } from '../../core/ports/instanceGateway';
import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { t } from '../../words/translation';
import type { InstanceEntry, ResourceStore, Scope } from '../appModel';
import { awsCommand, RawWord, tagFlag } from '../changes/awsCommand';
import type { ChangeContext, ChangeFact, PlannedChange } from '../changes/plannedChange';
import { making } from '../changes/tellStore';
import type { LaunchChoices, LaunchRequest } from '../instancePlan';
import { terminateAndWait } from './changeInstanceState';
import { makeInstanceRole, roleCommands, roleFact } from './instanceRole';
import { firstFree } from './planEndpoint';

export interface LaunchOptions {
  readonly clock: Clock;
  readonly store?: ResourceStore<InstanceEntry>;
}

const POLL_MS = 3_000;
/** A new instance registers within two minutes; one that has not by then is looked at in the view, which says why. */
const ONLINE_WITHIN_MS = 5 * 60_000;

/** Launching an Amazon Linux 2023 instance, with a role, a profile and a group of its own where it is wanted. */
export function planLaunch(
  scope: Scope,
  choices: LaunchChoices,
  request: LaunchRequest,
  options: LaunchOptions,
): PlannedChange<Instance> {
  const groupName = request.securityGroupIds ? undefined : ownGroupName(choices, request);
  const clientToken = crypto.randomUUID();
  return {
    label: t('Launch the instance'),
    doing: t('Launching the instance'),
    facts: facts(choices, request, groupName),
    warnings: warnings(request),
    hourlyPriceUsd:
      (instanceHourlyPriceUsd[request.instanceType] ?? 0) +
      (request.hasPublicAddress ? hourlyPriceUsd.publicAddress : 0),
    commandLines: commandLines(scope, request, groupName),
    rehearse: async call => {
      const { instances } = await scope.gateways();
      const profile = request.profile?.kind === 'existing' ? request.profile.name : undefined;
      return instances.launchInstance(launchInput(request, request.securityGroupIds ?? [], profile, clientToken), call);
    },
    run: async context => {
      const gateways = await scope.gateways();
      const { profile } = request;
      if (profile?.kind === 'make') await makeInstanceRole(gateways, profile, context);
      const own = groupName === undefined ? undefined : await makeGroup(gateways, request, groupName, context);
      context.signal.throwIfAborted();
      context.report(t('Launching'));
      const groups = own ? [own] : (request.securityGroupIds ?? []);
      const input = launchInput(request, groups, profile?.name, clientToken);
      const instance = await making(options.store, scope, gateways.instances.launchInstance(input));
      context.made({
        id: instance.id,
        label: t('instance {0}', request.name ?? instance.id),
        remove: () => terminateAndWait(gateways, instance.id, options.clock),
      });
      if (request.waitsUntilOnline && profile) await waitUntilOnline(gateways, instance, context, options.clock);
      void options.store?.noteChange(scope, instance.id);
      return instance;
    },
  };
}

function launchInput(
  { subnetId, instanceType, hasPublicAddress, name }: LaunchRequest,
  securityGroupIds: readonly SecurityGroupId[],
  instanceProfileName: string | undefined,
  clientToken: string,
): LaunchInstanceInput {
  const tags = name === undefined ? {} : { Name: name };
  const imageParameter = imageParameterOf(instanceType);
  return {
    imageParameter,
    instanceType,
    subnetId,
    securityGroupIds,
    instanceProfileName,
    hasPublicAddress,
    tags,
    clientToken,
  };
}

/** The latest Amazon Linux 2023 for the type's processor ("Amazon Linux 2023 User Guide: AL2023 on Amazon EC2"). */
function imageParameterOf(instanceType: string): string {
  const processor = /^[a-z]+\d+g/.test(instanceType) ? 'arm64' : 'x86_64';
  return `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${processor}`;
}

function ownGroupName({ takenNames }: LaunchChoices, { name }: LaunchRequest): string {
  return firstFree(`vpc-labs-${name ?? 'instance'}`.slice(0, 200), takenNames);
}

const groupDescription = () => 'Of one instance: nothing in, everything out';

async function makeGroup(
  { network }: CloudGateways,
  { vpcId }: LaunchRequest,
  name: string,
  { signal, report, made }: ChangeContext,
): Promise<SecurityGroupId> {
  signal.throwIfAborted();
  report(t('Making the security group {0}', name));
  const id = await network.createSecurityGroup({ vpcId, name, description: groupDescription(), tags: { Name: name } });
  made({ id, label: t('security group {0}', name), remove: () => network.deleteSecurityGroup(id) });
  return id;
}

/** Ends when Session Manager reaches it, when it can no longer come to that, or when that takes too long: the view then says why. */
async function waitUntilOnline(
  { instances }: CloudGateways,
  { id }: Instance,
  { signal, report }: ChangeContext,
  clock: Clock,
): Promise<void> {
  const endMs = clock.now() + ONLINE_WITHIN_MS;
  report(t('Waiting until Session Manager reaches it'));
  while (clock.now() < endMs) {
    await delay(clock, POLL_MS, signal);
    const [status, now] = await Promise.all([
      instances.listSessionManagerStatus({ signal }),
      instances.findInstance(id, { signal }),
    ]);
    if (status.get(id) === 'online' || (now && now.state !== 'pending' && now.state !== 'running')) return;
  }
}

function warnings({ profile }: LaunchRequest): readonly string[] {
  return profile ? [] : [t('Without an instance profile Session Manager does not reach it: no shell, no capture.')];
}

function facts(choices: LaunchChoices, request: LaunchRequest, groupName: string | undefined): readonly ChangeFact[] {
  const { profile, securityGroupIds = [], name, instanceType, hasPublicAddress } = request;
  const subnet = choices.subnets.find(({ id }) => id === request.subnetId);
  const groups = securityGroupIds.map(id => choices.securityGroups.find(group => group.id === id)?.name ?? id);
  const address = hasPublicAddress ? t('with a public address') : t('no public address');
  return [
    ...(name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: name }]),
    { icon: 'vm', label: t('Instance'), text: t('{0}, latest Amazon Linux 2023', instanceType) },
    {
      icon: 'type-hierarchy',
      label: t('Subnet'),
      text: [request.subnetId, subnet?.availabilityZone, address].filter(Boolean).join(' · '),
    },
    {
      icon: 'shield',
      label: t('Security group'),
      text: groupName === undefined ? groups.join(', ') : t('new group {0}, admits nothing', groupName),
    },
    profile?.kind === 'make'
      ? roleFact(profile.name)
      : { icon: 'key', label: t('Instance profile'), text: profile?.name ?? t('none') },
  ];
}

function commandLines(scope: Scope, request: LaunchRequest, groupName: string | undefined): readonly string[] {
  const { profile, instanceType, hasPublicAddress, securityGroupIds = [], name } = request;
  const group = { 'vpc-id': request.vpcId, description: groupDescription(), query: 'GroupId', output: 'text' };
  const makeGroupLine = (own: string) =>
    `GROUP_ID=$(${awsCommand(scope, 'ec2', 'create-security-group', { 'group-name': own, ...group })})`;
  const groups = groupName === undefined ? securityGroupIds.map(quoteIfNeeded).join(' ') : '"$GROUP_ID"';
  return [
    ...(profile?.kind === 'make' ? roleCommands(scope, profile.name) : []),
    ...(groupName === undefined ? [] : [makeGroupLine(groupName)]),
    awsCommand(scope, 'ec2', 'run-instances', {
      'image-id': `resolve:ssm:${imageParameterOf(instanceType)}`,
      'instance-type': instanceType,
      'subnet-id': request.subnetId,
      'security-group-ids': new RawWord(groups),
      'iam-instance-profile': profile && `Name=${profile.name}`,
      [hasPublicAddress ? 'associate-public-ip-address' : 'no-associate-public-ip-address']: true,
      'metadata-options': 'HttpTokens=required',
      'tag-specifications': tagFlag('instance', name === undefined ? {} : { Name: name }),
    }),
  ];
}
