import type { AddressClass } from '../core/classification';
import { t } from './translation';

/** What an address is, or where it leads, in a few words. */
export function addressClassNames(): Readonly<Record<AddressClass, string>> {
  return {
    unknown: t('unknown'),
    endpointInterface: t('endpoint interface'),
    gatewayEndpoint: t('gateway endpoint'),
    instance: t('instance'),
    loadBalancer: t('load balancer'),
    local: t('inside the VPC'),
    resolver: t('DNS resolver'),
    linkLocal: t('link-local'),
    peering: t('peering connection'),
    natGateway: t('NAT gateway'),
    internetGateway: t('internet gateway'),
    noRoute: t('no route'),
    ownAddress: t('this instance'),
    otherInterface: t('another interface in the VPC'),
    metadata: t('instance metadata'),
    timeSync: t('Amazon Time Sync'),
    multicast: t('multicast or broadcast'),
    egressOnlyGateway: t('egress-only internet gateway'),
    otherTarget: t('another route target'),
  };
}
