/** Which resources the lab is about, and what it calls. */
import { ownNames, zoneOfOwnName } from '../../core/endpointNames';
import type { VpcEndpoint } from '../../core/network';
import type { LabSite } from '../labWorld';
import { privateGround } from '../privateNetwork/ground';
import { findInterfaceEndpoint, type Subject } from '../privateNetwork/interfaceEndpoint';

export const ground = privateGround('ec2:DescribeInstances');
export const subject: Subject = { ground, service: 'ec2', privateDnsEnabled: true };

export const findEndpoint = (site: LabSite) => findInterfaceEndpoint(site, subject);

/** An endpoint that the normal name leads to. */
export function findCarrier(site: LabSite): VpcEndpoint | undefined {
  const endpoint = findEndpoint(site);
  return endpoint?.privateDnsEnabled ? endpoint : undefined;
}

/** The endpoint's own name for all its zones. */
export function regionalName(endpoint: VpcEndpoint): string | undefined {
  return ownNames(endpoint.serviceName, [endpoint]).find(name => zoneOfOwnName(name) === undefined);
}

export const callLine = ({ snapshot }: LabSite) =>
  `aws ec2 describe-instances --region ${snapshot.place.region} --query 'Reservations[].Instances[].PrivateIpAddress' --cli-connect-timeout 5`;
