/** Which resources a lab in a private subnet is about: hand-made ones count. */
import type { Instance, NetworkInterface, Subnet, Vpc } from '../../core/network';
import { need } from '../../core/reading';
import { subnetIn, vpcIn } from '../../core/snapshotLookup';
import { best, isOwn } from '../choose';
import { isLiving, type LabPart, type LabSite } from '../labWorld';
import { hasOwnTable, interfaceOf, isPrivateSubnet, mayDo, type RoleAction } from '../predicates';

/** What the checks of such a lab look at. */
export const privateNetworkParts: readonly LabPart[] = [
  'vpcs',
  'dnsAttributes',
  'dhcpOptions',
  'subnets',
  'routeTables',
  'prefixLists',
  'internetGateways',
  'securityGroups',
  'networkAcls',
  'networkInterfaces',
  'endpoints',
  'instances',
];

/** The instance of a lab, and the network around it. Each may be missing yet. */
export interface Ground {
  readonly findVpc: (site: LabSite) => Vpc | undefined;
  readonly findSubnet: (site: LabSite) => Subnet | undefined;
  readonly findInstance: (site: LabSite) => Instance | undefined;
}

/** A private subnet and an instance in it whose role allows an action. */
export function privateGround(action: RoleAction): Ground {
  const findInstance = (site: LabSite) => findPrivateInstance(site, action);
  const findSubnet = (site: LabSite) => {
    const subnets = need(site.snapshot.subnets);
    const own = subnets.find(subnet => isOwn(site, subnet));
    const instance = findInstance(site);
    const used = instance?.subnetId && subnetIn(site.snapshot, instance.subnetId);
    return own ?? (used || subnets.find(subnet => isUnused(site, subnet)));
  };
  const findVpc = (site: LabSite) => {
    const subnet = findSubnet(site);
    return subnet
      ? vpcIn(site.snapshot, subnet.vpcId)
      : need(site.snapshot.vpcs).find(candidate => isOwn(site, candidate));
  };
  return { findVpc, findSubnet, findInstance };
}

/** The run's own; else one that wears such a role outside the default VPC, preferably in a private subnet, the newest first. */
function findPrivateInstance(site: LabSite, action: RoleAction): Instance | undefined {
  const { snapshot } = site;
  const usable = need(snapshot.instances).filter(
    instance =>
      isLiving(instance) &&
      instance.vpcId !== undefined &&
      (isOwn(site, instance) || (mayDo(site, instance, action) && !vpcIn(snapshot, instance.vpcId).isDefault)),
  );
  const isPrivate = ({ subnetId }: Instance) =>
    subnetId !== undefined && isPrivateSubnet(snapshot, subnetIn(snapshot, subnetId));
  return best(site, usable, isPrivate, ({ launchedAtMs }) => launchedAtMs);
}

/** A private subnet with a table of its own in which nobody runs anything. */
function isUnused({ snapshot }: LabSite, subnet: Subnet): boolean {
  const isInUse = need(snapshot.networkInterfaces).some(({ subnetId }) => subnetId === subnet.id);
  return !isInUse && isPrivateSubnet(snapshot, subnet) && hasOwnTable(snapshot, subnet);
}

/** The instance with its first interface, once there is one. */
export function groundInterface(
  ground: Ground,
  site: LabSite,
): { readonly instance: Instance; readonly nic: NetworkInterface } | undefined {
  const instance = ground.findInstance(site);
  const nic = instance && interfaceOf(site.snapshot, instance);
  return nic && { instance, nic };
}
