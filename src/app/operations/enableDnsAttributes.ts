import type { VpcId } from '../../core/ids';
import type { CloudGateways } from '../../core/ports/gateways';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { awsCommand } from '../changes/awsCommand';
import type { ChangeContext } from '../changes/plannedChange';
import type { DnsAttribute } from '../endpointPlan';

/** The AWS CLI lines: AWS takes one attribute a call. */
export function dnsAttributeCommands(
  place: Pick<Scope, 'region' | 'saved'>,
  vpcId: VpcId,
  attributes: readonly DnsAttribute[],
): readonly string[] {
  return attributes.map(attribute =>
    awsCommand(place, 'ec2', 'modify-vpc-attribute', {
      'vpc-id': vpcId,
      [attribute === 'enableDnsSupport' ? 'enable-dns-support' : 'enable-dns-hostnames']: true,
    }),
  );
}

/** Switches attributes of a VPC on, one after the other; support comes first, because host names need it. */
export async function enableDnsAttributes(
  { network }: CloudGateways,
  vpcId: VpcId,
  attributes: readonly DnsAttribute[],
  { signal, report, made }: ChangeContext,
): Promise<void> {
  for (const attribute of attributes) {
    signal.throwIfAborted();
    report(t('Switching on {0} of {1}', attribute, vpcId));
    await network.setVpcDnsAttribute(vpcId, attribute, true);
    made({
      id: `${vpcId}/${attribute}`,
      label: t('{0} of {1}, switched on', attribute, vpcId),
      remove: options => network.setVpcDnsAttribute(vpcId, attribute, false, options),
    });
  }
}

/** For the last step before it happens. */
export function dnsAttributesText(vpcId: VpcId, attributes: readonly DnsAttribute[]): string {
  return t('{0} of {1} switched on first', attributes.join(', '), vpcId);
}
