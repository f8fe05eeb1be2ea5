import type { Vpc } from '../../../core/network';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand, RawWord, tagFlag } from '../../changes/awsCommand';
import type { PlannedChange } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

export interface VpcInput {
  readonly cidrBlock: string;
  readonly name: string | undefined;
  /** AWS leaves host names off; private DNS of endpoints needs them. */
  readonly enableDnsHostnames: boolean;
}

/** A VPC with its DNS attributes. */
export function planVpc(scope: Scope, { cidrBlock, name, enableDnsHostnames }: VpcInput): PlannedChange<Vpc> {
  const tags = nameTags(name);
  const make = awsCommand(scope, 'ec2', 'create-vpc', {
    'cidr-block': cidrBlock,
    'tag-specifications': tagFlag('vpc', tags),
    ...(enableDnsHostnames ? { query: 'Vpc.VpcId', output: 'text' } : {}),
  });
  return {
    label: t('Create the VPC'),
    doing: t('Creating the VPC'),
    facts: [
      ...nameFact(name),
      { icon: 'symbol-array', label: t('Range'), text: cidrBlock },
      { icon: 'globe', label: t('DNS host names'), text: enableDnsHostnames ? t('on') : t('off') },
    ],
    warnings: [],
    hourlyPriceUsd: 0,
    commandLines: enableDnsHostnames
      ? [
          `VPC_ID=$(${make})`,
          awsCommand(scope, 'ec2', 'modify-vpc-attribute', {
            'vpc-id': new RawWord('"$VPC_ID"'),
            'enable-dns-hostnames': true,
          }),
        ]
      : [make],
    rehearse: async call => (await scope.gateways()).vpcs.createVpc({ cidrBlock, tags }, call),
    run: async context => {
      const { vpcs, network } = await scope.gateways();
      const vpc = await vpcs.createVpc({ cidrBlock, tags });
      context.made({ id: vpc.id, label: t('VPC {0}', vpc.id), remove: options => vpcs.deleteVpc(vpc.id, options) });
      if (enableDnsHostnames) {
        context.signal.throwIfAborted();
        await network.setVpcDnsAttribute(vpc.id, 'enableDnsHostnames', true);
      }
      return vpc;
    },
  };
}
