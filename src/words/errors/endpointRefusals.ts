import { t } from '../translation';
import { type ErrorTable, vpcOf } from './errorTable';

/** What AWS refuses of an endpoint's making or changing. */
export const endpointRefusals = {
  endpointNotReady: said => [
    t('{0} is not available, and cannot be changed until it is.', said('endpointId')),
    t('A new endpoint takes a minute or two; one that waits for acceptance waits for the owner of its service.'),
  ],
  endpointKindMismatch: said => [
    t('The service takes endpoints of another kind: {0}, not {1}.', said('offered', '?'), said('wanted', '?')),
    t('Often the region in the service’s name is another one than the VPC’s.'),
  ],
  privateDnsNotOffered: said => [
    t('{0} has no private DNS name.', said('serviceName')),
    t('Create the endpoint without private DNS and use the names of the endpoint.'),
  ],
  privateDnsNotVerified: said => [
    t('The owner of {0} has not yet proved that its private DNS name is his.', said('serviceName')),
    t('Create the endpoint without private DNS; switch it on when the owner has published the TXT record.'),
  ],
  privateDnsNeedsGatewayEndpoint: said => [
    t('Private DNS for inbound resolvers only wants a gateway endpoint of the service in {0}.', vpcOf(said)),
    t('Create the gateway endpoint first, or let private DNS answer the whole VPC.'),
  ],
  dnsOptionNotForGateways: _said => [
    t('A gateway endpoint has no DNS options.'),
    t('It changes no name: routes alone lead to it.'),
  ],
  routeToServiceExists: said => [
    t(
      '{0} leads to the service already, through another gateway endpoint.',
      said('routeTableId') || t('A route table'),
    ),
    t('Leave this route table out, or take it from the other endpoint first.'),
  ],
  policyInvalid: said => [
    said('detail') ? t('AWS does not accept the policy: {0}', said('detail')) : t('AWS does not accept the policy.'),
    t('Edit the policy again; it is checked while you type.'),
  ],
  subnetFull: said => [
    t('{0} has no free address for an interface.', said('subnetId') || t('A subnet')),
    t('Choose another subnet of the zone.'),
  ],
} satisfies ErrorTable;
