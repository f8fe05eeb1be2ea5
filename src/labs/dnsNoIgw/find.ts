/** Which resources the lab is about. */
import type { DhcpOptions, Instance, NetworkInterface, Subnet, Vpc, VpcEndpoint } from '../../core/network';
import { serviceHost } from '../../core/partition';
import { need } from '../../core/reading';
import { awsServiceName } from '../../core/serviceNames';
import { vpcIn } from '../../core/snapshotLookup';
import { best, isOwn } from '../choose';
import { isLiving, type LabSite, ownName } from '../labWorld';
import { interfaceOf, interfacesOf, livingEndpoints, mayDo } from '../predicates';
import { subnetPerZoneOf } from '../vpcParts';

export const labId = 'dns-no-igw';
/** Session Manager's three, and the one whose names are looked at. */
export const services = ['ssm', 'ssmmessages', 'ec2messages', 'ec2'] as const;
export type Service = (typeof services)[number];

export const dnsName = ({ snapshot }: LabSite) => serviceHost(snapshot.place.region, 'ec2');
export const endpointGroupName = (site: LabSite) => `${ownName(site)}-endpoints`;

/** An instance outside the default VPC that may describe instances: the run's, else the newest. */
export function findInstance(site: LabSite): Instance | undefined {
  const candidates = need(site.snapshot.instances).filter(instance => {
    if (!isLiving(instance) || instance.vpcId === undefined) return false;
    const isFit = () => mayDo(site, instance, 'ec2:DescribeInstances');
    return isOwn(site, instance) || (isFit() && !vpcIn(site.snapshot, instance.vpcId).isDefault);
  });
  return best(site, candidates, undefined, ({ launchedAtMs }) => launchedAtMs);
}

export function findInterface(site: LabSite): NetworkInterface | undefined {
  const instance = findInstance(site);
  return instance && interfaceOf(site.snapshot, instance);
}

/** The instance's VPC; before there is an instance, the run's, else one of one's own. */
export function findVpc(site: LabSite): Vpc | undefined {
  const used = findInstance(site)?.vpcId;
  if (used) return vpcIn(site.snapshot, used);
  const vpcs = need(site.snapshot.vpcs).filter(({ isDefault }) => !isDefault);
  return best(site, vpcs);
}

export function findSubnet(site: LabSite): Subnet | undefined {
  const vpc = findVpc(site);
  const used = findInstance(site)?.subnetId;
  const subnets = vpc ? subnetPerZoneOf(site, vpc.id, used) : [];
  return subnets.find(({ id }) => id === used) ?? subnets[0];
}

/** What the VPC's instances learn by DHCP; undefined for AWS's defaults that no set states. */
export function findDhcpOptions(site: LabSite): DhcpOptions | undefined {
  const id = findVpc(site)?.dhcpOptionsId;
  return need(site.snapshot.dhcpOptions).find(options => options.id === id);
}

export const ownDhcpOptions = (site: LabSite) =>
  need(site.snapshot.dhcpOptions).find(options => isOwn(site, { tags: options.tags ?? {} }));

export function findEndpoint(site: LabSite, service: Service): VpcEndpoint | undefined {
  const vpc = findVpc(site);
  const name = awsServiceName(site.snapshot.place.region, service);
  const living = vpc ? livingEndpoints(site.snapshot, vpc.id) : [];
  return best(
    site,
    living.filter(each => each.kind === 'interface' && each.serviceName === name),
  );
}

export function endpointAddresses(site: LabSite, service: Service): readonly string[] {
  const endpoint = findEndpoint(site, service);
  return endpoint ? interfacesOf(site.snapshot, endpoint).map(({ privateIpAddress }) => privateIpAddress) : [];
}
