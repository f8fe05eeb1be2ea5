import type { NetworkBlock } from '../commands/createNetwork';
import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** The building blocks of a network. */
export function networkCommands({ scopes }: CommandParts) {
  const create =
    (block?: NetworkBlock) =>
    async (target: Parameters<CommandTable['vpcLabs.network.create']>[0]): Promise<unknown> =>
      (await import('../commands/createNetwork')).createNetworkCommand(scopes, block)(target);
  return {
    'vpcLabs.network.create': create(),
    'vpcLabs.network.createVpc': create('vpc'),
    'vpcLabs.network.createSubnet': create('subnet'),
    'vpcLabs.network.createRouteTable': create('routeTable'),
    'vpcLabs.network.createRoute': create('route'),
    'vpcLabs.network.changeRouteTable': create('tableUse'),
    'vpcLabs.network.createInternetGateway': create('internetGateway'),
    'vpcLabs.network.createNatGateway': create('natGateway'),
    'vpcLabs.network.createDhcpOptions': create('dhcpOptions'),
    'vpcLabs.network.changeDnsAttributes': async target =>
      (await import('../commands/changeDnsAttributes')).changeDnsAttributesCommand(scopes)(target),
    'vpcLabs.network.delete': async target =>
      (await import('../commands/deleteNetwork')).deleteNetworkCommand(scopes)(target),
  } satisfies Partial<CommandTable>;
}
