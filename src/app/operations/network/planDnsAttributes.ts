import type { VpcId } from '../../../core/ids';
import type { VpcDnsAttributes } from '../../../core/network';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand } from '../../changes/awsCommand';
import type { ChangeContext, PlannedChange } from '../../changes/plannedChange';
import type { DnsAttribute } from '../../endpointPlan';

/**
 * Sets the two DNS attributes of a VPC, one call for each that is to be another. Host names need support, so support goes on first and off
 * last ("Amazon VPC User Guide: View and update DNS attributes"). AWS offers no rehearsal of this call.
 */
export function planDnsAttributes(
  scope: Scope,
  vpcId: VpcId,
  before: VpcDnsAttributes,
  wanted: VpcDnsAttributes,
): PlannedChange<void> {
  const changes = differences(before, wanted);
  return {
    label: t('Change DNS attributes'),
    doing: t('Changing DNS attributes of {0}', vpcId),
    facts: changes.map(attribute => ({
      icon: 'globe',
      label: attribute,
      text: wanted[attribute] ? t('on') : t('off'),
    })),
    warnings: changes.some(attribute => !wanted[attribute])
      ? [t('Private DNS of endpoints in {0} stops working, and so do the names of its instances.', vpcId)]
      : [],
    hourlyPriceUsd: 0,
    commandLines: changes.map(attribute =>
      awsCommand(scope, 'ec2', 'modify-vpc-attribute', { 'vpc-id': vpcId, ...cliFlag(attribute, wanted[attribute]) }),
    ),
    run: context => setAll(scope, vpcId, changes, wanted, context),
  };
}

/** Why a choice is none: AWS refuses host names without support. */
export type DnsAttributesProblem = 'hostNamesNeedSupport' | 'nothingChanges';

/** Undefined for a choice that can be carried out. */
export function dnsAttributesProblem(
  before: VpcDnsAttributes,
  wanted: VpcDnsAttributes,
): DnsAttributesProblem | undefined {
  if (wanted.enableDnsHostnames && !wanted.enableDnsSupport) return 'hostNamesNeedSupport';
  return differences(before, wanted).length === 0 ? 'nothingChanges' : undefined;
}

function differences(before: VpcDnsAttributes, wanted: VpcDnsAttributes): readonly DnsAttribute[] {
  const order: readonly DnsAttribute[] = wanted.enableDnsSupport
    ? ['enableDnsSupport', 'enableDnsHostnames']
    : ['enableDnsHostnames', 'enableDnsSupport'];
  return order.filter(attribute => before[attribute] !== wanted[attribute]);
}

/** The CLI has a flag for each state. */
function cliFlag(attribute: DnsAttribute, isOn: boolean): Readonly<Record<string, true>> {
  const name = attribute === 'enableDnsSupport' ? 'enable-dns-support' : 'enable-dns-hostnames';
  return { [isOn ? name : `no-${name}`]: true };
}

async function setAll(
  scope: Scope,
  vpcId: VpcId,
  changes: readonly DnsAttribute[],
  wanted: VpcDnsAttributes,
  { signal, report }: ChangeContext,
): Promise<void> {
  const { network } = await scope.gateways();
  for (const attribute of changes) {
    signal.throwIfAborted();
    report(t('{0} of {1}', attribute, vpcId));
    await network.setVpcDnsAttribute(vpcId, attribute, wanted[attribute]);
  }
}
