/** The writes around peering connections that the fault runs try. */
import type { Scope } from '../../../src/app/appModel';
import { peeringRoutes } from '../../../src/app/operations/peeringRoutes';
import { planPeering } from '../../../src/app/operations/planPeering';
import { planPeeringDns } from '../../../src/app/operations/planPeeringDns';
import { planPeeringRemoval } from '../../../src/app/operations/planPeeringRemoval';
import { planPeeringRoutes } from '../../../src/app/operations/planPeeringRoutes';
import { openSides } from '../../../src/app/peering/openSides';
import { type PeeringEndChoice, readPeeringEnds } from '../../../src/app/peering/readPeeringEnds';
import type { PeeringConnection } from '../../../src/core/peering';
import { type FaultedOperation, type FaultGround, theFirst, undisturbed } from './faultGround';

/** A VPC with these addresses, as an end of a peering. */
export async function newEnd(scope: Scope, cidrBlock: string): Promise<PeeringEndChoice> {
  const { vpcs } = await scope.gateways();
  const { id } = await vpcs.createVpc({ cidrBlock, tags: {} });
  return theFirst(
    (await readPeeringEnds(scope)).filter(({ vpcId }) => vpcId === id),
    'VPC',
  );
}

/** One end of the account that writes, one of another. */
export async function peeringEnds(ground: FaultGround, other = ground.other) {
  return { own: await newEnd(ground.scope, '10.71.0.0/16'), other: await newEnd(other, '10.72.0.0/16') };
}

async function creation(ground: FaultGround, otherScope: Scope, accepter?: Scope) {
  const ends = await peeringEnds(ground, otherScope);
  return planPeering(
    ground.scope,
    { ...ends, name: 'tried', ...(accepter && { accepter }) },
    { store: ground.stores.peering },
  );
}

/** A connection to another account that carries traffic. */
async function activePeering(ground: FaultGround): Promise<PeeringConnection> {
  return (await creation(ground, ground.other, ground.other)).run(undisturbed);
}

async function routesOf({ scope, other }: FaultGround, connection: PeeringConnection) {
  return peeringRoutes(connection, await openSides(connection, [scope, other]));
}

async function detailsOf({ scope, stores }: FaultGround) {
  return theFirst(await stores.peering.refresh(scope), 'peering connection');
}

export const faultedPeering: readonly FaultedOperation[] = [
  {
    name: 'ask another account for a peering',
    prepare: ground => creation(ground, ground.other),
  },
  {
    name: 'peer two VPCs of one account',
    prepare: ground => creation(ground, ground.scope, ground.scope),
  },
  {
    name: 'peer VPCs of two accounts',
    prepare: ground => creation(ground, ground.other, ground.other),
  },
  {
    name: 'peer VPCs of two regions',
    prepare: ground => creation(ground, ground.elsewhere, ground.elsewhere),
  },
  {
    name: 'make the routes of a peering, both ways',
    async prepare(ground) {
      const connection = await activePeering(ground);
      return planPeeringRoutes(connection, await routesOf(ground, connection), ground.stores.peering);
    },
  },
  {
    name: 'resolve names privately across a peering',
    async prepare(ground) {
      const { requester, accepter } = await activePeering(ground);
      const sides = [
        [ground.scope, requester.vpcId],
        [ground.other, accepter.vpcId],
      ] as const;
      for (const [scope, vpcId] of sides)
        await (await scope.gateways()).network.setVpcDnsAttribute(vpcId, 'enableDnsHostnames', true);
      return planPeeringDns(ground.scope, await detailsOf(ground), 'requester', true, ground.stores.peering);
    },
  },
  {
    name: 'delete a peering with its routes',
    async prepare(ground) {
      const connection = await activePeering(ground);
      await planPeeringRoutes(connection, await routesOf(ground, connection)).run(undisturbed);
      return planPeeringRemoval(ground.scope, await detailsOf(ground), true, ground.stores.peering);
    },
  },
];
