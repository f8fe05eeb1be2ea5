/** Ways to the internet. */
import * as v from 'valibot';
import { allocationId, internetGatewayId, natGatewayId } from '../../../core/ids';
import { need } from '../../../core/reading';
import { t } from '../../../words/translation';
import { askNetwork, isMadeAs, type Removal, takeAway } from './removal';
import { resourceKind } from './thingKind';
import { text } from './thingText';

export const internetGatewaySchema = v.object({ kind: v.literal('internetGateway'), name: text });
export const natGatewaySchema = v.object({ kind: v.literal('natGateway'), name: text });
export const elasticAddressSchema = v.object({ kind: v.literal('elasticAddress'), name: text });

export const internetGatewayKind = resourceKind<v.InferOutput<typeof internetGatewaySchema>>({
  words: name => t('internet gateway {0}', name),
  find: ({ name }, removal) =>
    askNetwork(
      removal,
      ['internetGateways'],
      snapshot => need(snapshot.internetGateways).find(isMadeAs(removal, name))?.id,
    ),
  remove: (id, removal) => takeAway(removal, () => detachAndDelete(id, removal)),
});

async function detachAndDelete(id: string, removal: Removal): Promise<void> {
  const { internetAccess } = removal.gateways;
  const attached = await askNetwork(removal, ['internetGateways'], snapshot =>
    need(snapshot.internetGateways).find(gateway => gateway.id === id),
  );
  for (const vpcId of attached?.attachedVpcIds ?? [])
    await internetAccess.detachInternetGateway(internetGatewayId(id), vpcId, removal);
  await internetAccess.deleteInternetGateway(internetGatewayId(id), removal);
}

export const natGatewayKind = resourceKind<v.InferOutput<typeof natGatewaySchema>>({
  words: name => t('NAT gateway {0}', name),
  find: ({ name }, removal) => findNatGateway(removal, isMadeAs(removal, name)),
  remove: (id, removal) =>
    takeAway(
      removal,
      () => removal.gateways.internetAccess.deleteNatGateway(natGatewayId(id), removal),
      async () => (await findNatGateway(removal, gateway => gateway.id === id)) === undefined,
    ),
});

type NatGatewayFacts = Parameters<ReturnType<typeof isMadeAs>>[0] & { readonly id: string; readonly state: string };

function findNatGateway(removal: Removal, isIt: (gateway: NatGatewayFacts) => boolean): Promise<string | undefined> {
  return askNetwork(removal, ['natGateways'], ({ natGateways }) => {
    const all = natGateways ? need(natGateways) : [];
    return all.find(gateway => gateway.state !== 'deleted' && isIt(gateway))?.id;
  });
}

export const elasticAddressKind = resourceKind<v.InferOutput<typeof elasticAddressSchema>>({
  words: name => t('public address {0}', name),
  find: async ({ name }, removal) => {
    const addresses = await removal.gateways.internetAccess.listAddresses(removal);
    return addresses.find(isMadeAs(removal, name))?.id;
  },
  remove: (id, removal) =>
    takeAway(removal, () => removal.gateways.internetAccess.releaseAddress(allocationId(id), removal)),
});
