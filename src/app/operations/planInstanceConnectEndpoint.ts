import type { SecurityGroupId, SubnetId } from '../../core/ids';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import { nameOrId, type SecurityGroup, type Subnet } from '../../core/network';
import { t } from '../../words/translation';
import type { InstanceConnectDetails, ResourceStore, Scope } from '../appModel';
import { awsCommand, tagFlag } from '../changes/awsCommand';
import type { PlannedChange } from '../changes/plannedChange';
import { making } from '../changes/tellStore';

export interface InstanceConnectRequest {
  readonly subnetId: SubnetId;
  /** Empty: the VPC's default group. */
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly preservesClientIp: boolean;
  readonly name: string | undefined;
}

/** What an Instance Connect endpoint can be made from. */
export interface InstanceConnectChoices {
  readonly subnets: readonly Subnet[];
  readonly groups: readonly SecurityGroup[];
  readonly existing: readonly InstanceConnectEndpoint[];
}

/** The endpoint that a subnet's VPC has already: there is one for each VPC ("Amazon EC2 User Guide: Quotas for EC2 Instance Connect Endpoint"). */
export function instanceConnectRival(
  { existing }: InstanceConnectChoices,
  subnet: Pick<Subnet, 'vpcId'>,
): InstanceConnectEndpoint | undefined {
  return existing.find(({ vpcId, state }) => vpcId === subnet.vpcId && state !== 'deleteComplete');
}

/** Creating an Instance Connect endpoint. */
export function planInstanceConnectEndpoint(
  scope: Scope,
  choices: InstanceConnectChoices,
  request: InstanceConnectRequest,
  options: { readonly store?: ResourceStore<InstanceConnectDetails> } = {},
): PlannedChange<InstanceConnectEndpoint> {
  const { subnetId, securityGroupIds, preservesClientIp, name } = request;
  const subnet = choices.subnets.find(({ id }) => id === subnetId);
  const rival = subnet && instanceConnectRival(choices, subnet);
  const tags = name === undefined ? {} : { Name: name };
  const input = { subnetId, securityGroupIds, preservesClientIp, tags, clientToken: crypto.randomUUID() };
  const groups = securityGroupIds.map(id => choices.groups.find(group => group.id === id)?.name ?? id);
  return {
    label: t('Create the Instance Connect endpoint'),
    doing: t('Creating the Instance Connect endpoint'),
    facts: [
      ...(name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: name }]),
      {
        icon: 'type-hierarchy',
        label: t('Subnet'),
        text: subnet ? `${nameOrId(subnet)} · ${subnet.availabilityZone} · ${subnet.vpcId}` : subnetId,
      },
      { icon: 'shield', label: t('Security groups'), text: groups.join(', ') || t('the VPC’s default group') },
      {
        icon: 'eye',
        label: t('Source address'),
        text: preservesClientIp ? t('instances see the client’s address') : t('instances see the endpoint’s address'),
      },
    ],
    warnings: rival ? [t('{0} has {1} already, and AWS takes one for each VPC.', rival.vpcId, nameOrId(rival))] : [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'create-instance-connect-endpoint', {
        'subnet-id': subnetId,
        'security-group-ids': securityGroupIds.length > 0 ? securityGroupIds : undefined,
        [preservesClientIp ? 'preserve-client-ip' : 'no-preserve-client-ip']: true,
        'tag-specifications': tagFlag('instance-connect-endpoint', tags),
      }),
    ],
    rehearse: async call =>
      (await scope.gateways()).instanceConnectEndpoints.createInstanceConnectEndpoint(input, call),
    run: async () => {
      const { instanceConnectEndpoints } = await scope.gateways();
      return making(options.store, scope, instanceConnectEndpoints.createInstanceConnectEndpoint(input));
    },
  };
}
