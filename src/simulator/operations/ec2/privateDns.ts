import type { Vpc } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { checkInboundOnly, checkPrivateDns } from './endpointChecks';
import type { OfferedService } from './offeredServices';

/** Who sees the service's own names: nobody, everyone in the VPC, or inbound resolver endpoints only. */
export interface PrivateDns {
  readonly isEnabled: boolean;
  /** Of S3 only ("Amazon S3 User Guide: AWS PrivateLink for Amazon S3"). */
  readonly isInboundOnly: boolean;
}

export interface PrivateDnsRequest {
  readonly PrivateDnsEnabled?: boolean | undefined;
  readonly DnsOptions?: Ec2.DnsOptionsSpecification | undefined;
}

/** What an endpoint has after a request, checked against the VPC; `before` is absent while it is being made. */
export function privateDnsAfter(
  world: World,
  region: PlaceState,
  vpc: Vpc,
  service: OfferedService,
  request: PrivateDnsRequest,
  before?: PrivateDns & { readonly endpointId: string },
): PrivateDns {
  refuseOtherRecords(request);
  const isEnabled = request.PrivateDnsEnabled ?? before?.isEnabled ?? (!service.own && service.privateNames.length > 0);
  if (!isEnabled) return { isEnabled, isInboundOnly: false };
  if (!before?.isEnabled) checkPrivateDns(world, region, vpc, service, before?.endpointId);
  if (!before) checkAccepted(service);
  const unsaid = before?.isEnabled ? before.isInboundOnly : true;
  const isInboundOnly =
    service.code === 's3' && (request.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? unsaid);
  if (isInboundOnly && !before?.isInboundOnly) checkInboundOnly(region, vpc, service);
  return { isEnabled, isInboundOnly };
}

/** A new endpoint that its provider must let in first cannot have the service's name yet. */
function checkAccepted({ own, serviceName }: OfferedService): void {
  if (own?.isAcceptanceRequired)
    throw new ServiceFault(
      'InvalidParameter',
      `Private DNS can only be enabled after the endpoint connection is accepted by the owner of ${serviceName}.`,
    );
}

function refuseOtherRecords({ DnsOptions }: PrivateDnsRequest): void {
  if (DnsOptions?.PrivateDnsPreference !== undefined || DnsOptions?.PrivateDnsSpecifiedDomains?.length)
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud makes no endpoints for resources of VPC Lattice.',
    );
  if ((DnsOptions?.DnsRecordIpType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes DNS records of type ipv4 only.');
}
