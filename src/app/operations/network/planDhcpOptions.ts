import type { VpcId } from '../../../core/ids';
import type { DhcpOptions } from '../../../core/network';
import { valueOr } from '../../../core/reading';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand, RawWord, tagFlag } from '../../changes/awsCommand';
import type { PlannedChange } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

export interface DhcpOptionsInput {
  readonly vpcId: VpcId;
  readonly name: string | undefined;
  readonly domainName: string | undefined;
  /** Addresses, or `AmazonProvidedDNS`. */
  readonly domainNameServers: readonly string[];
}

/** A set of DHCP options, in use by a VPC. */
export function planDhcpOptions(scope: Scope, input: DhcpOptionsInput): PlannedChange<DhcpOptions> {
  const { vpcId, name, ...options } = input;
  const set = { ...options, tags: nameTags(name) };
  const configurations = [
    ...(options.domainName === undefined ? [] : [{ Key: 'domain-name', Values: [options.domainName] }]),
    ...(options.domainNameServers.length > 0
      ? [{ Key: 'domain-name-servers', Values: options.domainNameServers }]
      : []),
  ];
  const make = awsCommand(scope, 'ec2', 'create-dhcp-options', {
    'dhcp-configurations': JSON.stringify(configurations),
    'tag-specifications': tagFlag('dhcp-options', set.tags),
    query: 'DhcpOptions.DhcpOptionsId',
    output: 'text',
  });
  const isForeign = !options.domainNameServers.includes('AmazonProvidedDNS');
  return {
    label: t('Create the DHCP options and use them'),
    doing: t('Creating DHCP options'),
    facts: [
      ...nameFact(name),
      { icon: 'cloud', label: t('VPC'), text: vpcId },
      { icon: 'globe', label: t('Name servers'), text: options.domainNameServers.join(', ') },
      ...(options.domainName === undefined
        ? []
        : [{ icon: 'symbol-text', label: t('Domain'), text: options.domainName }]),
    ],
    warnings: [
      ...(isForeign ? [t('Private DNS of endpoints is answered by AmazonProvidedDNS only.')] : []),
      t('Running instances learn it when they renew their lease, within hours.'),
    ],
    hourlyPriceUsd: 0,
    commandLines: [
      `DHCP_OPTIONS_ID=$(${make})`,
      awsCommand(scope, 'ec2', 'associate-dhcp-options', {
        'dhcp-options-id': new RawWord('"$DHCP_OPTIONS_ID"'),
        'vpc-id': vpcId,
      }),
    ],
    rehearse: async call => (await scope.gateways()).vpcs.createDhcpOptions(set, call),
    run: async context => {
      const { vpcs, network } = await scope.gateways();
      const now = await network.readSnapshot(['vpcs'], { signal: context.signal });
      const before = valueOr(now.vpcs, []).find(({ id }) => id === vpcId)?.dhcpOptionsId;
      const made = await vpcs.createDhcpOptions(set);
      context.made({
        id: made.id,
        label: t('DHCP options {0}', made.id),
        remove: async call => {
          // In use, if only the answer to that was lost; whether they may go is said next.
          await vpcs.associateDhcpOptions(vpcId, before ?? 'default', call).catch(() => undefined);
          await vpcs.deleteDhcpOptions(made.id, call);
        },
      });
      context.signal.throwIfAborted();
      await vpcs.associateDhcpOptions(vpcId, made.id);
      return made;
    },
  };
}
