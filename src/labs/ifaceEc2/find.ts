/** Which resources the lab is about. */
import type { Instance, NetworkInterface, SecurityGroup, Subnet, Vpc, VpcEndpoint } from '../../core/network';
import { serviceHost } from '../../core/partition';
import { need } from '../../core/reading';
import { HTTPS } from '../../core/rules/flow';
import { awsServiceName } from '../../core/serviceNames';
import { groupsOf, vpcIn } from '../../core/snapshotLookup';
import { best, isOwn } from '../choose';
import { isLiving, type LabSite } from '../labWorld';
import { admitsTcp, interfaceOf, interfacesOf, livingEndpoints, mayDo } from '../predicates';
import { customGroups, defaultVpc, subnetPerZoneOf } from '../vpcParts';

export const labId = 'iface-ec2';

export const serviceName = ({ snapshot }: LabSite) => awsServiceName(snapshot.place.region, 'ec2');
export const dnsName = ({ snapshot }: LabSite) => serviceHost(snapshot.place.region, 'ec2');
/** An instance that runs or starts, preferably one that may describe instances. */
export function findInstance(site: LabSite): Instance | undefined {
  const candidates = need(site.snapshot.instances).filter(
    instance => isLiving(instance) && instance.vpcId !== undefined,
  );
  return best(
    site,
    candidates,
    instance => mayDo(site, instance, 'ec2:DescribeInstances'),
    ({ launchedAtMs }) => launchedAtMs,
  );
}

/** The instance and its first interface; ends the check while there is none. */
export function needInstance(
  site: LabSite,
): { readonly instance: Instance; readonly nic: NetworkInterface } | undefined {
  const instance = findInstance(site);
  const nic = instance && interfaceOf(site.snapshot, instance);
  return nic && { instance, nic };
}

/** The VPC of the instance; before there is one, the default VPC, else any. */
export function findVpc(site: LabSite): Vpc {
  const vpcId = findInstance(site)?.vpcId;
  if (vpcId) return vpcIn(site.snapshot, vpcId);
  return defaultVpc(site);
}

/** One subnet for each zone of the VPC, the instance's own first among those of its zone. */
export function subnetPerZone(site: LabSite): readonly Subnet[] {
  return subnetPerZoneOf(site, findVpc(site).id, findInstance(site)?.subnetId);
}

/** An endpoint for EC2 in the instance's VPC that is not on its way out. */
export function findEndpoint(site: LabSite): VpcEndpoint | undefined {
  const candidates = livingEndpoints(site.snapshot, findVpc(site).id).filter(
    endpoint => endpoint.kind === 'interface' && endpoint.serviceName === serviceName(site),
  );
  return best(
    site,
    candidates,
    ({ state }) => state === 'available',
    ({ createdAtMs }) => createdAtMs,
  );
}

/** An EC2 endpoint in another VPC: a mistake that leaves this VPC's names as they were. */
export function findForeignEndpoint(site: LabSite): VpcEndpoint | undefined {
  const vpc = findVpc(site);
  return need(site.snapshot.endpoints).find(
    endpoint =>
      endpoint.vpcId !== vpc.id && endpoint.serviceName === serviceName(site) && endpoint.kind === 'interface',
  );
}

/**
 * The groups that guard the endpoint: its interfaces' own; before it exists, the run's group, else one made for the purpose that admits the
 * instance. The VPC's default group does not count as made for it.
 */
export function findEndpointGroups(site: LabSite): readonly SecurityGroup[] {
  const { snapshot } = site;
  const endpoint = findEndpoint(site);
  const [endpointInterface] = endpoint ? interfacesOf(snapshot, endpoint) : [];
  if (endpointInterface) return groupsOf(snapshot, endpointInterface);
  const found = needInstance(site);
  const vpc = findVpc(site);
  const candidates = customGroups(site, vpc.id);
  const group =
    candidates.find(candidate => isOwn(site, candidate)) ??
    candidates.find(candidate => found && admitsTcp(snapshot, [candidate], found.nic, HTTPS));
  return group ? [group] : [];
}
