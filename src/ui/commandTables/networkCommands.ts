import type { Scope } from '../../app/appModel';
import type { NetworkBlock } from '../commands/createNetwork';
import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** The building blocks of a network. */
export function networkCommands({ scopes, stores: { billed } }: CommandParts) {
  /** Gateways and addresses cost something, and no store but this one knows them. */
  const noteBilled = (target: { readonly scope: Scope } | undefined) => {
    const changed = target ? [target.scope] : scopes.scopes;
    for (const scope of changed) if (billed.get(scope).value) void billed.noteChange(scope);
  };
  const create =
    (block?: NetworkBlock) =>
    async (target: Parameters<CommandTable['vpcLabs.network.create']>[0]): Promise<unknown> => {
      const { createNetworkCommand } = await import('../commands/createNetwork');
      const made = await createNetworkCommand(scopes, block)(target);
      if (made) noteBilled(target);
      return made;
    };
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
    'vpcLabs.network.delete': async target => {
      const { deleteNetworkCommand } = await import('../commands/deleteNetwork');
      const isDone = await deleteNetworkCommand(scopes)(target);
      if (isDone) noteBilled(target);
      return isDone;
    },
  } satisfies Partial<CommandTable>;
}
