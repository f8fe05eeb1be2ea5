import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { awsCommand } from '../changes/awsCommand';
import type { PlannedChange } from '../changes/plannedChange';
import { changing } from '../changes/tellStore';
import { otherSide, type PeeringDetails, type SideName } from '../peering/peeringDetails';

/** Letting host names of this side's VPC resolve to private addresses over there, or no longer. */
export function planPeeringDns(
  scope: Scope,
  { connection }: PeeringDetails,
  side: SideName,
  isAllowed: boolean,
  store?: ResourceStore<PeeringDetails>,
): PlannedChange<void> {
  const { id } = connection;
  const [own, other] = [connection[side].vpcId, otherSide(connection, side).vpcId];
  return {
    label: isAllowed ? t('Resolve names privately') : t('Resolve names publicly'),
    doing: t('Changing the names across {0}', id),
    facts: [
      {
        icon: 'globe',
        label: t('Names'),
        text: isAllowed
          ? t('host names of {0} lead to private addresses in {1}', own, other)
          : t('host names of {0} lead to public addresses in {1}', own, other),
      },
    ],
    warnings: isAllowed
      ? [
          t(
            'Both VPCs need both DNS attributes. Names of endpoints do not need this; they work across a peering as they are.',
          ),
        ]
      : [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'modify-vpc-peering-connection-options', {
        'vpc-peering-connection-id': id,
        [`${side}-peering-connection-options`]: `AllowDnsResolutionFromRemoteVpc=${isAllowed}`,
      }),
    ],
    rehearse: async call => (await scope.gateways()).peering.allowRemoteDns(id, side, isAllowed, call),
    run: async () => {
      const { peering } = await scope.gateways();
      await changing(store, scope, id, peering.allowRemoteDns(id, side, isAllowed));
    },
  };
}
