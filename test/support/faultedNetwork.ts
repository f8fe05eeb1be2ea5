/** The writes around a network that the fault runs try. */
import type { Scope } from '../../src/app/appModel';
import { planDhcpOptions } from '../../src/app/operations/network/planDhcpOptions';
import { planInternetGateway } from '../../src/app/operations/network/planInternetGateway';
import { planNatGateway } from '../../src/app/operations/network/planNatGateway';
import { planRouteTable } from '../../src/app/operations/network/planRouteTable';
import { planVpc } from '../../src/app/operations/network/planVpc';
import type { Subnet } from '../../src/core/network';
import { valueOr } from '../../src/core/reading';
import type { FaultedOperation } from './faultedOperations';

async function firstSubnet(scope: Scope): Promise<Subnet> {
  const { network } = await scope.gateways();
  const [subnet] = valueOr((await network.readSnapshot(['subnets'])).subnets, []);
  if (!subnet) throw new Error('The world has no subnet');
  return subnet;
}

export const faultedNetwork: readonly FaultedOperation[] = [
  {
    name: 'create a VPC with its DNS attributes',
    prepare: async scope => planVpc(scope, { cidrBlock: '10.9.0.0/16', name: 'tried', enableDnsHostnames: true }),
  },
  {
    name: 'create a route table that a subnet uses',
    async prepare(scope) {
      const { id, vpcId } = await firstSubnet(scope);
      return planRouteTable(scope, { vpcId, name: 'tried', subnetIds: [id] });
    },
  },
  {
    name: 'create and attach an internet gateway',
    async prepare(scope) {
      const { vpcs } = await scope.gateways();
      const { id: vpcId } = await vpcs.createVpc({ cidrBlock: '10.9.0.0/16', tags: {} });
      return planInternetGateway(scope, { vpcId, name: 'tried' });
    },
  },
  {
    name: 'create a NAT gateway with an address of its own',
    prepare: async scope => planNatGateway(scope, { subnetId: (await firstSubnet(scope)).id, name: 'tried' }),
  },
  {
    name: 'create DHCP options that a VPC uses',
    async prepare(scope) {
      const { vpcId } = await firstSubnet(scope);
      const servers = ['AmazonProvidedDNS'];
      return planDhcpOptions(scope, { vpcId, name: 'tried', domainName: 'tried.internal', domainNameServers: servers });
    },
  },
];
