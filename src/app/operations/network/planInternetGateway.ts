import type { VpcId } from '../../../core/ids';
import type { InternetGateway } from '../../../core/network';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { awsCommand, RawWord, tagFlag } from '../../changes/awsCommand';
import type { PlannedChange, PlannedRemoval } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

/** An internet gateway, attached to a VPC; a VPC has one at most. */
export function planInternetGateway(
  scope: Scope,
  { vpcId, name }: { readonly vpcId: VpcId; readonly name: string | undefined },
): PlannedChange<InternetGateway> {
  const tags = nameTags(name);
  const make = awsCommand(scope, 'ec2', 'create-internet-gateway', {
    'tag-specifications': tagFlag('internet-gateway', tags),
    query: 'InternetGateway.InternetGatewayId',
    output: 'text',
  });
  return {
    label: t('Create and attach the internet gateway'),
    doing: t('Creating the internet gateway'),
    facts: [...nameFact(name), { icon: 'cloud', label: t('VPC'), text: vpcId }],
    warnings: [t('Nothing uses it until a route table leads 0.0.0.0/0 to it.')],
    hourlyPriceUsd: 0,
    commandLines: [
      `GATEWAY_ID=$(${make})`,
      awsCommand(scope, 'ec2', 'attach-internet-gateway', {
        'internet-gateway-id': new RawWord('"$GATEWAY_ID"'),
        'vpc-id': vpcId,
      }),
    ],
    rehearse: async call => (await scope.gateways()).internetAccess.createInternetGateway(tags, call),
    run: async context => {
      const { internetAccess } = await scope.gateways();
      const gateway = await internetAccess.createInternetGateway(tags);
      context.made({
        id: gateway.id,
        label: t('internet gateway {0}', gateway.id),
        remove: async options => {
          // Attached, if only the answer to that was lost; whether it may go is said next.
          await internetAccess.detachInternetGateway(gateway.id, vpcId, options).catch(() => undefined);
          await internetAccess.deleteInternetGateway(gateway.id, options);
        },
      });
      context.signal.throwIfAborted();
      await internetAccess.attachInternetGateway(gateway.id, vpcId);
      return { ...gateway, attachedVpcIds: [vpcId] };
    },
  };
}

/** Detaching an internet gateway from its VPC and deleting it. */
export function planInternetGatewayRemoval(scope: Scope, { id, attachedVpcIds }: InternetGateway): PlannedRemoval {
  return {
    verb: t('Delete Internet Gateway'),
    question: t('Delete {0}', id),
    doing: t('Deleting {0}', id),
    losses: [
      ...attachedVpcIds.map(vpcId =>
        t('{0} has no way to the internet any more; routes to it become black holes.', vpcId),
      ),
      t('It costs nothing by the hour.'),
    ],
    run: async context => {
      const { internetAccess } = await scope.gateways();
      for (const vpcId of attachedVpcIds) {
        context.signal.throwIfAborted();
        await internetAccess.detachInternetGateway(id, vpcId);
      }
      await internetAccess.deleteInternetGateway(id);
    },
  };
}
