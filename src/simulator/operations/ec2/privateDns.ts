import type { Vpc } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { DirectoryService } from '../../world/serviceDirectory';
import { checkInboundOnly, checkPrivateDns } from './endpointChecks';

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
  region: PlaceState,
  vpc: Vpc,
  service: DirectoryService,
  request: PrivateDnsRequest,
  before?: PrivateDns & { readonly endpointId: string },
): PrivateDns {
  refuseOtherRecords(request);
  const isEnabled = request.PrivateDnsEnabled ?? before?.isEnabled ?? service.privateNames.length > 0;
  if (!isEnabled) return { isEnabled, isInboundOnly: false };
  if (!before?.isEnabled) checkPrivateDns(region, vpc, service, before?.endpointId);
  const unsaid = before?.isEnabled ? before.isInboundOnly : true;
  const isInboundOnly =
    service.code === 's3' && (request.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? unsaid);
  if (isInboundOnly && !before?.isInboundOnly) checkInboundOnly(region, vpc, service);
  return { isEnabled, isInboundOnly };
}

function refuseOtherRecords({ DnsOptions }: PrivateDnsRequest): void {
  if ((DnsOptions?.DnsRecordIpType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes DNS records of type ipv4 only.');
}
