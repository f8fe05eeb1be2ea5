import type { Subnet } from '../../../core/network';
import type { CreateSubnetInput } from '../../../core/ports/vpcGateway';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand, tagFlag } from '../../changes/awsCommand';
import type { PlannedChange } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

export type SubnetInput = Omit<CreateSubnetInput, 'tags'> & { readonly name: string | undefined };

/** A subnet; its traffic leaves by the VPC's main route table until it gets one of its own. */
export function planSubnet(scope: Scope, { name, ...rest }: SubnetInput): PlannedChange<Subnet> {
  const input = { ...rest, tags: nameTags(name) };
  return {
    label: t('Create the subnet'),
    doing: t('Creating the subnet'),
    facts: [
      ...nameFact(name),
      { icon: 'symbol-array', label: t('Range'), text: rest.cidrBlock },
      { icon: 'location', label: t('Zone'), text: rest.availabilityZone ?? t('AWS chooses') },
    ],
    warnings: [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'create-subnet', {
        'vpc-id': rest.vpcId,
        'cidr-block': rest.cidrBlock,
        'availability-zone': rest.availabilityZone,
        'tag-specifications': tagFlag('subnet', input.tags),
      }),
    ],
    rehearse: async call => (await scope.gateways()).vpcs.createSubnet(input, call),
    run: async () => (await scope.gateways()).vpcs.createSubnet(input),
  };
}
