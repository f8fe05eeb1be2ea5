/** An interface endpoint in the lab's private subnet, and the groups that guard it. */
import type { NetworkInterface, SecurityGroup, VpcEndpoint } from '../../core/network';
import { awsServiceName } from '../../core/serviceNames';
import { groupsOf } from '../../core/snapshotLookup';
import { best } from '../choose';
import { type LabSite, ownName } from '../labWorld';
import { interfacesOf, livingEndpoints } from '../predicates';
import type { Ground } from './ground';

/** Which endpoint a lab is about. */
export interface Subject {
  readonly ground: Ground;
  /** As in host names: `ec2`. */
  readonly service: string;
  /** What is asked for when the lab makes it. */
  readonly privateDnsEnabled: boolean;
}

export const serviceNameOf = ({ service }: Subject, { snapshot }: LabSite) =>
  awsServiceName(snapshot.place.region, service);

export const endpointGroupName = (site: LabSite) => `${ownName(site)}-endpoint`;

/** The lab's interface endpoint in its VPC; hand-made ones count. */
export function findInterfaceEndpoint(site: LabSite, subject: Subject): VpcEndpoint | undefined {
  const vpc = subject.ground.findVpc(site);
  const subnet = subject.ground.findSubnet(site);
  if (!vpc) return undefined;
  const candidates = livingEndpoints(site.snapshot, vpc.id).filter(
    each => each.kind === 'interface' && each.serviceName === serviceNameOf(subject, site),
  );
  return best(
    site,
    candidates,
    ({ subnetIds }) => subnet !== undefined && subnetIds.includes(subnet.id),
    ({ createdAtMs }) => createdAtMs,
  );
}

/** Its interface in the private subnet, or else its first one. */
export function findEndpointInterface(site: LabSite, subject: Subject): NetworkInterface | undefined {
  const endpoint = findInterfaceEndpoint(site, subject);
  const subnet = subject.ground.findSubnet(site);
  const interfaces = endpoint ? interfacesOf(site.snapshot, endpoint) : [];
  return interfaces.find(({ subnetId }) => subnetId === subnet?.id) ?? interfaces[0];
}

export function endpointAddresses(site: LabSite, subject: Subject): readonly string[] {
  const endpoint = findInterfaceEndpoint(site, subject);
  return endpoint ? interfacesOf(site.snapshot, endpoint).map(({ privateIpAddress }) => privateIpAddress) : [];
}

export function endpointGroups(site: LabSite, subject: Subject): readonly SecurityGroup[] {
  const there = findEndpointInterface(site, subject);
  return there ? groupsOf(site.snapshot, there) : [];
}
