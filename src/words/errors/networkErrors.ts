import { t } from '../translation';
import type { ErrorTable } from './errorTable';

/** Peering and the building blocks of a network. */
export const networkErrors = {
  peeringFailed: said => [
    said('detail')
      ? t('The peering {0} has failed: {1}', said('id'), said('detail'))
      : t('The peering {0} has failed.', said('id')),
    t('The ranges of the two VPCs must not overlap, and the account and region must be those of the other VPC.'),
  ],
  peeringExists: said => [
    t('The two VPCs have a peering already, or a request for one: {0}.', said('id', said('detail'))),
    t('Look for it in the Peering view; a second one would lead nowhere else.'),
  ],
  peeringOverlap: said => [
    t('The ranges overlap: {0} here and {1} there.', said('own'), said('other')),
    t('AWS peers only VPCs whose ranges are apart; choose another VPC, or make one with another range.'),
  ],
  peeringWithItself: _said => [t('A VPC cannot be peered with itself.'), t('Choose another VPC.')],
  peeringNotAnswerable: said => [
    said('detail')
      ? t('{0} cannot be changed so: {1}', said('id') || t('The peering'), said('detail'))
      : t('{0} cannot be changed so.', said('id') || t('The peering')),
    t('A request is answered by the owner of the other VPC, in its region, while it waits; it may have been answered.'),
  ],
  peeringDnsNeedsVpcAttributes: _said => [
    t('Names across a peering need both DNS attributes on both VPCs.'),
    t('Switch on enableDnsSupport and enableDnsHostnames on each side, then repeat it.'),
  ],
  routeExists: said => [
    t('The route table has a route for this range already: {0}', said('detail')),
    t('Replace that route, or leave it as it is.'),
  ],
  cidrTaken: said => [
    t('The range is taken: {0}', said('detail')),
    t('Choose a range that no other subnet of the VPC has.'),
  ],
  cidrInvalid: said => [
    t('AWS does not take this range: {0}', said('detail')),
    t('VPCs and subnets have a prefix from /16 to /28; a subnet lies inside its VPC.'),
  ],
  natGatewayFailed: said => [
    said('detail')
      ? t('The NAT gateway {0} has failed: {1}', said('id'), said('detail'))
      : t('The NAT gateway {0} has failed.', said('id')),
    t('It needs a subnet whose VPC has an internet gateway attached. A failed one goes by itself; its address stays.'),
  ],
  notSettled: said => [
    t('{0} is still in motion after a quarter of an hour.', said('id')),
    t('Refresh the view later; nothing more is done.'),
  ],
} satisfies ErrorTable;
