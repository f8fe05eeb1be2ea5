import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Endpoints. */
export function endpointCommands({ scopes, stores, views, sessions }: CommandParts) {
  const { endpoints } = stores;
  return {
    'vpcLabs.endpoint.createInterface': async target =>
      (await import('../commands/createInterfaceEndpoint')).createInterfaceEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.delete': async target =>
      (await import('../commands/deleteEndpoint')).deleteEndpointCommand(scopes, endpoints)(target),
    'vpcLabs.endpoint.capture': async target => (await sessions()).captureEndpoint(target),
    'vpcLabs.endpoints.refresh': () => views.endpoints.refresh(),
  } satisfies Partial<CommandTable>;
}
