import type { Scope } from '../../src/app/appModel';
import type { VpcId } from '../../src/core/ids';
import type { PeeringConnection } from '../../src/core/peering';

type Account = Pick<Scope, 'gateways'>;

/** One account asks another for a peering between two new VPCs, in real time; nobody has answered yet. */
export async function askForPeering(requester: Account, accepter: Account, name = 'shop'): Promise<PeeringConnection> {
  const [{ peering, region }, { identity }] = await Promise.all([requester.gateways(), accepter.gateways()]);
  const [vpcId, peerVpcId, { accountId: peerAccountId }] = await Promise.all([
    makeVpc(requester, '10.10.0.0/16', `${name} asks`),
    makeVpc(accepter, '10.20.0.0/16', `${name} is asked`),
    identity.whoAmI(),
  ]);
  const { id } = await peering.createPeeringConnection({
    vpcId,
    peerVpcId,
    peerAccountId,
    peerRegion: region,
    tags: { Name: name },
  });
  return peering.settled(id);
}

/** The same, accepted by the other; routes are still missing. */
export async function peerVpcs(requester: Account, accepter: Account, name?: string): Promise<PeeringConnection> {
  const { id } = await askForPeering(requester, accepter, name);
  const { peering } = await accepter.gateways();
  await peering.acceptPeeringConnection(id);
  return peering.settled(id);
}

async function makeVpc(account: Account, cidrBlock: string, name: string): Promise<VpcId> {
  const { vpcs } = await account.gateways();
  return (await vpcs.createVpc({ cidrBlock, tags: { Name: name } })).id;
}
