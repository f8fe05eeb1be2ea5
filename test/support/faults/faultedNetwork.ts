/** The writes around a network that the fault runs try. */
import { readNetworkChoices } from '../../../src/app/operations/network/networkChoices';
import { planDhcpOptions } from '../../../src/app/operations/network/planDhcpOptions';
import { planDnsAttributes } from '../../../src/app/operations/network/planDnsAttributes';
import {
  planInternetGateway,
  planInternetGatewayRemoval,
} from '../../../src/app/operations/network/planInternetGateway';
import { planNatGateway, planNatGatewayRemoval } from '../../../src/app/operations/network/planNatGateway';
import { planRoute, planRouteRemoval } from '../../../src/app/operations/network/planRoute';
import { planRouteTable } from '../../../src/app/operations/network/planRouteTable';
import { planSubnet } from '../../../src/app/operations/network/planSubnet';
import { planTableUse } from '../../../src/app/operations/network/planTableUse';
import { planVpc } from '../../../src/app/operations/network/planVpc';
import { planVpcRemoval } from '../../../src/app/operations/network/planVpcRemoval';
import { planTagChange } from '../../../src/app/operations/planTagChange';
import type { VpcId } from '../../../src/core/ids';
import type { InternetGateway, RouteTable, Subnet, Vpc } from '../../../src/core/network';
import { type FaultedOperation, type FaultGround, theFirst, undisturbed } from './faultGround';

async function firstVpc({ scope }: FaultGround): Promise<Vpc> {
  return theFirst((await readNetworkChoices(scope)).vpcs, 'VPC');
}

async function firstSubnet({ scope }: FaultGround): Promise<Subnet> {
  return theFirst((await readNetworkChoices(scope)).subnets, 'subnet');
}

function newVpc({ scope }: FaultGround): Promise<Vpc> {
  return planVpc(scope, { cidrBlock: '10.9.0.0/16', name: 'tried', enableDnsHostnames: false }).run(undisturbed);
}

async function newGateway(ground: FaultGround): Promise<InternetGateway> {
  const { id: vpcId } = await newVpc(ground);
  return planInternetGateway(ground.scope, { vpcId, name: 'tried' }).run(undisturbed);
}

async function tableOf({ scope }: FaultGround, vpcId: VpcId | undefined): Promise<RouteTable> {
  return theFirst(
    (await readNetworkChoices(scope)).tables.filter(table => table.vpcId === vpcId),
    'route table',
  );
}

/** A gateway, and the route that its VPC's table may have to it. */
async function wayOut(ground: FaultGround) {
  const gateway = await newGateway(ground);
  const table = await tableOf(ground, gateway.attachedVpcIds[0]);
  const target = { kind: 'internetGateway' as const, id: gateway.id };
  return { table, route: { routeTableId: table.id, destination: '0.0.0.0/0', target } };
}

export const faultedNetwork: readonly FaultedOperation[] = [
  {
    name: 'create a VPC with its DNS attributes',
    prepare: async ({ scope }) => planVpc(scope, { cidrBlock: '10.9.0.0/16', name: 'tried', enableDnsHostnames: true }),
  },
  {
    name: 'change the DNS attributes of a VPC',
    async prepare(ground) {
      const { id } = await newVpc(ground);
      const before = { enableDnsSupport: true, enableDnsHostnames: false };
      return planDnsAttributes(ground.scope, id, before, { enableDnsSupport: true, enableDnsHostnames: true });
    },
  },
  {
    name: 'create a subnet',
    async prepare(ground) {
      const { id: vpcId } = await newVpc(ground);
      const input = { vpcId, cidrBlock: '10.9.1.0/24', availabilityZone: undefined, name: 'tried' };
      return planSubnet(ground.scope, input);
    },
  },
  {
    name: 'create a route table that a subnet uses',
    async prepare(ground) {
      const { id, vpcId } = await firstSubnet(ground);
      return planRouteTable(ground.scope, { vpcId, name: 'tried', subnetIds: [id] });
    },
  },
  {
    name: 'let a subnet use another route table',
    async prepare(ground) {
      const subnet = await firstSubnet(ground);
      const input = { vpcId: subnet.vpcId, name: 'tried', subnetIds: [] };
      const table = await planRouteTable(ground.scope, input).run(undisturbed);
      return planTableUse(ground.scope, { subnet, table });
    },
  },
  {
    name: 'let a subnet leave its route table for another',
    async prepare(ground) {
      const subnet = await firstSubnet(ground);
      const input = { vpcId: subnet.vpcId, name: 'tried', subnetIds: [] };
      const current = await planRouteTable(ground.scope, { ...input, subnetIds: [subnet.id] }).run(undisturbed);
      const table = await planRouteTable(ground.scope, input).run(undisturbed);
      return planTableUse(ground.scope, { subnet, table, current });
    },
  },
  {
    name: 'create a route',
    async prepare(ground) {
      const { table, route } = await wayOut(ground);
      return planRoute(ground.scope, table, route);
    },
  },
  {
    name: 'replace a route',
    async prepare(ground) {
      const { table, route } = await wayOut(ground);
      await planRoute(ground.scope, table, route).run(undisturbed);
      const subnet = await planSubnet(ground.scope, {
        vpcId: table.vpcId,
        cidrBlock: '10.9.1.0/24',
        availabilityZone: undefined,
        name: undefined,
      }).run(undisturbed);
      const gateway = await planNatGateway(ground.scope, { subnetId: subnet.id, name: undefined }).run(undisturbed);
      const target = { kind: 'natGateway' as const, id: gateway.id };
      return planRoute(ground.scope, await tableOf(ground, table.vpcId), { ...route, target });
    },
  },
  {
    name: 'delete a route',
    async prepare(ground) {
      const { table, route } = await wayOut(ground);
      await planRoute(ground.scope, table, route).run(undisturbed);
      return planRouteRemoval(ground.scope, route);
    },
  },
  {
    name: 'create and attach an internet gateway',
    async prepare(ground) {
      const { id: vpcId } = await newVpc(ground);
      return planInternetGateway(ground.scope, { vpcId, name: 'tried' });
    },
  },
  {
    name: 'delete an internet gateway',
    prepare: async ground => planInternetGatewayRemoval(ground.scope, await newGateway(ground)),
  },
  {
    name: 'create a NAT gateway with an address of its own',
    prepare: async ground => planNatGateway(ground.scope, { subnetId: (await firstSubnet(ground)).id, name: 'tried' }),
  },
  {
    name: 'delete a NAT gateway and release its address',
    async prepare(ground) {
      const input = { subnetId: (await firstSubnet(ground)).id, name: 'tried' };
      return planNatGatewayRemoval(ground.scope, await planNatGateway(ground.scope, input).run(undisturbed));
    },
  },
  {
    name: 'create DHCP options that a VPC uses',
    async prepare(ground) {
      const { vpcId } = await firstSubnet(ground);
      const servers = ['AmazonProvidedDNS'];
      const input = { vpcId, name: 'tried', domainName: 'tried.internal', domainNameServers: servers };
      return planDhcpOptions(ground.scope, input);
    },
  },
  {
    name: 'delete a VPC with all that is in it',
    async prepare(ground) {
      const { table } = await wayOut(ground);
      const { scope } = ground;
      const { vpcId } = table;
      const input = { vpcId, cidrBlock: '10.9.1.0/24', availabilityZone: undefined, name: undefined };
      const subnet = await planSubnet(scope, input).run(undisturbed);
      await planRouteTable(scope, { vpcId, name: undefined, subnetIds: [subnet.id] }).run(undisturbed);
      return planVpcRemoval(scope, (await readNetworkChoices(scope)).snapshot, vpcId);
    },
  },
  {
    name: 'tag a VPC',
    prepare: async ground =>
      planTagChange(ground.scope, await firstVpc(ground), { kind: 'set', key: 'Team', value: 'network' }),
  },
  {
    name: 'remove a tag from a VPC',
    async prepare(ground) {
      const vpc = await newVpc(ground);
      return planTagChange(ground.scope, vpc, { kind: 'remove', key: 'Name' });
    },
  },
];
