import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Endpoint services. */
export function serviceCommands({ scopes, stores, views, clock }: CommandParts) {
  const { services } = stores;
  const change = () => import('../commands/changeService');
  const remove = () => import('../commands/deleteService');
  return {
    'vpcLabs.service.create': async target =>
      (await import('../commands/createService')).createServiceCommand(scopes, services, clock)(target),
    'vpcLabs.service.changeAcceptance': async target =>
      (await change()).changeAcceptanceCommand(scopes, services)(target),
    'vpcLabs.service.allowPrincipal': async target => (await change()).allowPrincipalCommand(scopes, services)(target),
    'vpcLabs.service.removePrincipal': async target =>
      (await change()).removePrincipalCommand(scopes, services)(target),
    'vpcLabs.service.changeLoadBalancers': async target =>
      (await change()).changeLoadBalancersCommand(scopes, services)(target),
    'vpcLabs.service.changePrivateDnsName': async target =>
      (await change()).changePrivateDnsNameCommand(scopes, services)(target),
    'vpcLabs.service.verifyPrivateDnsName': async target =>
      (await change()).verifyPrivateDnsNameCommand(scopes, services)(target),
    'vpcLabs.service.delete': async target => (await remove()).deleteServiceCommand(scopes, services)(target),
    'vpcLabs.loadBalancer.delete': async target =>
      (await remove()).deleteLoadBalancerCommand(scopes, services, clock)(target),
    'vpcLabs.services.refresh': () => views.services.refresh(),
  } satisfies Partial<CommandTable>;
}
