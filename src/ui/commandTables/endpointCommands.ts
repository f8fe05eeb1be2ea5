import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { everyEndpoint } from '../../app/everyEndpoint';
import { PolicyDrafts } from '../../app/policyDrafts';
import { everyStore, type Stores } from '../../app/stores';
import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Endpoints. */
export function endpointCommands({ scopes, stores, views, sessions, own, memory }: CommandParts) {
  const { endpoints, instanceConnectEndpoints } = stores;
  const every = everyEndpoint(stores);
  const modify = () => import('../commands/modifyEndpoint');
  const lookUp = () => import('../commands/lookUp');
  let editor: Promise<import('../policyEditor/policyEditor').PolicyEditor> | undefined;
  const policies = () => {
    editor ??= import('../policyEditor/policyEditor').then(({ PolicyEditor }) =>
      own(new PolicyEditor(scopes, endpoints, new PolicyDrafts(memory))),
    );
    return editor;
  };
  return {
    'vpcLabs.endpoint.createInterface': async target =>
      (await import('../commands/createInterfaceEndpoint')).createInterfaceEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.createGateway': async target =>
      (await import('../commands/createGatewayEndpoint')).createGatewayEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.createInstanceConnect': async target => {
      const { createInstanceConnectEndpointCommand } = await import('../commands/createInstanceConnectEndpoint');
      return createInstanceConnectEndpointCommand(scopes, instanceConnectEndpoints)(target);
    },
    'vpcLabs.endpoint.modifySubnets': async target => (await modify()).modifySubnetsCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.modifyRouteTables': async target =>
      (await modify()).modifyRouteTablesCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.modifyGroups': async target => (await modify()).modifyGroupsCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.modifyPrivateDns': async target =>
      (await modify()).modifyPrivateDnsCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.modifyAddressType': async target =>
      (await import('../commands/modifyEndpointOptions')).modifyAddressTypeCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.modifyDnsOptions': async target =>
      (await import('../commands/modifyEndpointOptions')).modifyDnsOptionsCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.resetPolicy': async target => (await modify()).resetPolicyCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.editPolicy': async target => (await policies()).edit(target),
    'vpcLabs.policy.apply': async target => (await policies()).apply(target && vscode.Uri.from(target)),
    'vpcLabs.endpoint.delete': async (target, selection) =>
      (await import('../commands/deleteEndpoint')).deleteEndpointCommand(scopes, stores, every)(target, selection),
    'vpcLabs.endpoint.capture': async target => (await sessions()).captureEndpoint(target),
    'vpcLabs.endpoints.refresh': () => views.endpoints.refresh(),
    'vpcLabs.service.verifyName': async target => (await lookUp()).verifyServiceCommand(scopes)(target),
    'vpcLabs.address.find': async target =>
      (await lookUp()).findAddressCommand(scopes, (scope, id) => views.endpoints.reveal(scope, id))(target),
    'vpcLabs.tags.edit': async target => {
      const { editTagsCommand } = await import('../commands/editTags');
      return editTagsCommand(scopes, every, ({ scope, tagged }) => noteTags(stores, scope, tagged.id))(target);
    },
  } satisfies Partial<CommandTable>;
}

/** Whoever lists the resource reads it anew. */
function noteTags(stores: Stores, scope: Scope, id: string): void {
  for (const store of everyStore(stores)) if (store.find(scope, id)) void store.noteChange(scope, id);
}
