import { t } from '../translation';
import type { ErrorTable } from './errorTable';

/** The provider's side: endpoint services, who is connected, and what stands behind them. */
export const serviceErrors = {
  serviceHasConnections: said => [
    t('{0} still has endpoints that are connected, or wait to be.', said('serviceId') || t('The service')),
    t('Reject their connections first; their owners see it at once.'),
  ],
  connectionNotWaiting: said => [
    t('{0} is in another state by now, so nothing was changed.', said('endpointId') || t('The endpoint')),
    t('Somebody else may have answered, or its owner has deleted it. Refresh the view.'),
  ],
  principalRefused: _said => [
    t('AWS does not know this principal.'),
    t('Name an account, a user or a role that exists, by its ARN without a path, or * for everybody.'),
  ],
  loadBalancerTaken: said => [
    t('{0} stands behind another endpoint service.', said('loadBalancer') || t('The load balancer')),
    t('A load balancer serves one service; choose another, or take it from that one first.'),
  ],
  loadBalancerNotActive: said => [
    t('{0} is not active yet.', said('loadBalancer') || t('The load balancer')),
    t('A new load balancer takes a minute or two.'),
  ],
  loadBalancerFailed: said => [
    t('AWS could not set up {0}.', said('loadBalancer') || t('The load balancer')),
    t('Delete it and create it anew, perhaps in other subnets.'),
  ],
  waitedInVain: said => [
    t('It took too long: {0}.', said('waitingFor')),
    t('Look at its state, and go on from there when it is ready.'),
  ],
  loadBalancerInUse: _said => [
    t('The load balancer still stands behind an endpoint service, so it cannot be deleted.'),
    t('Delete the service, or take the load balancer from it first.'),
  ],
  targetGroupInUse: _said => [
    t('A listener still sends to the target group, so it cannot be deleted.'),
    t('Delete the load balancer or its listener first.'),
  ],
  nameTaken: _said => [t('Something with this name exists already, with other settings.'), t('Choose another name.')],
} satisfies ErrorTable;
