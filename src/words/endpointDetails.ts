import type { InstanceConnectEndpointState } from '../core/instanceConnectEndpoint';
import type { EndpointKind, VpcEndpoint } from '../core/network';
import { t } from './translation';

/** What an endpoint's kind is called. */
export function endpointKindWords(kind: EndpointKind | 'instanceConnect'): string {
  switch (kind) {
    case 'interface':
      return t('interface endpoint');
    case 'gateway':
      return t('gateway endpoint');
    case 'gatewayLoadBalancer':
      return t('Gateway Load Balancer endpoint');
    case 'resource':
      return t('resource endpoint');
    case 'serviceNetwork':
      return t('service network endpoint');
    case 'instanceConnect':
      return t('Instance Connect endpoint');
  }
}

/** Our own words for the states of an Instance Connect endpoint. */
export function instanceConnectStateWords(state: InstanceConnectEndpointState): string {
  switch (state) {
    case 'createInProgress':
      return t('being created');
    case 'createComplete':
      return t('available');
    case 'createFailed':
      return t('failed');
    case 'deleteInProgress':
      return t('being deleted');
    case 'deleteComplete':
      return t('deleted');
    case 'deleteFailed':
      return t('not deleted');
  }
}

/** Where a DNS name of an endpoint leads: to all its zones, to one, or in place of the service's public name. */
export function dnsNameWords(isOwn: boolean, zone: string | undefined): string {
  if (!isOwn) return t('private: inside the VPC only');
  return zone ? t('zonal: {0}', zone) : t('regional: every zone');
}

/** Whether private DNS is on, for the heading of the names. */
export function privateDnsWords(
  endpoint: Pick<VpcEndpoint, 'privateDnsEnabled' | 'isPrivateDnsForInboundOnly'>,
): string {
  if (!endpoint.privateDnsEnabled) return t('private DNS off');
  return endpoint.isPrivateDnsForInboundOnly ? t('private DNS for inbound resolvers only') : t('private DNS on');
}

/** What stands over the security groups: whether a rule lets clients in. Without a port: whether any does. */
export function admissionWords(port: number | undefined, isAdmitted: boolean): string {
  if (port === undefined) return isAdmitted ? t('Admitted') : t('No rule admits anything');
  return isAdmitted ? t('Port {0} is admitted', port) : t('No rule admits TCP {0}', port);
}

/** Why a group without such a rule matters. */
export function notAdmittedWords(): string {
  return t('Packets to the endpoint are dropped in silence: clients time out.');
}

/** What an endpoint's policy allows, in short. */
export function policyWords(isFullAccess: boolean): string {
  return isFullAccess ? t('full access') : t('custom');
}
