import { t } from '../translation';
import { type ErrorTable, vpcOf } from './errorTable';

/** Endpoints and what surrounds them. */
export const endpointErrors = {
  privateDnsNeedsVpcAttributes: said => [
    t('Private DNS needs both DNS attributes of {0}, and at least one is off.', vpcOf(said)),
    t('Switch on enableDnsSupport and enableDnsHostnames, or create the endpoint without private DNS.'),
  ],
  privateDnsConflict: said => [
    t('{0} has something else that answers for {1}.', vpcOf(said), said('dnsName') || t('the name')),
    t('Delete the other endpoint, or create this one without private DNS.'),
  ],
  duplicateSubnetsInSameZone: _said => [
    t('Two of the subnets are in one zone.'),
    t('Choose one subnet for each zone.'),
  ],
  zoneNotSupported: said => [
    t('The service is not offered in the zone of {0}.', said('subnetId') || t('a chosen subnet')),
    t('Choose subnets in other zones.'),
  ],
  serviceNotFound: said => [
    t('The service {0} does not exist for this account.', said('serviceName')),
    t('Check the region in the name; for a service of another account, ask its owner to allow yours.'),
  ],
  endpointNotFound: said => [
    t('The endpoint {0} does not exist (any more).', said('endpointId')),
    t('It may have been deleted. Refresh the view.'),
  ],
  endpointFailed: said => [
    said('detail')
      ? t('The endpoint {0} has failed: {1}', said('endpointId'), said('detail'))
      : t('The endpoint {0} has failed.', said('endpointId')),
    t('Delete it and create it anew; it costs money until then.'),
  ],
  endpointNotDeleted: said => [
    said('detail')
      ? t('The endpoint {0} was not deleted: {1}', said('endpointId'), said('detail'))
      : t('The endpoint {0} was not deleted.', said('endpointId')),
    t('It still exists and costs money. Try again.'),
  ],
} satisfies ErrorTable;
