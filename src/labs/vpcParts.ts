/** Parts of a VPC that a lab begins in. */
import type { VpcId } from '../core/ids';
import type { SecurityGroup, Subnet, Vpc } from '../core/network';
import { giveUp, need } from '../core/reading';
import type { LabSite } from './labWorld';

/** The default VPC, else any. */
export function defaultVpc({ snapshot }: LabSite): Vpc {
  const vpcs = need(snapshot.vpcs);
  const vpc = vpcs.find(({ isDefault }) => isDefault) ?? vpcs[0];
  return vpc ?? giveUp({ code: 'failed', reading: 'ec2:DescribeVpcs', detail: 'no VPC' });
}

/** One subnet for each zone of a VPC by the zones' names, `preferred` before others of its zone. */
export function subnetPerZoneOf({ snapshot }: LabSite, vpcId: VpcId, preferred?: string): readonly Subnet[] {
  const byZone = new Map<string, Subnet>();
  for (const subnet of need(snapshot.subnets)) {
    if (subnet.vpcId !== vpcId) continue;
    if (!byZone.has(subnet.availabilityZoneId) || subnet.id === preferred)
      byZone.set(subnet.availabilityZoneId, subnet);
  }
  return [...byZone.values()].sort((a, b) => (a.availabilityZone < b.availabilityZone ? -1 : 1));
}

/** The group that AWS made with the VPC: nothing in but from itself, everything out, which is all that Session Manager needs. */
export function defaultGroups({ snapshot }: LabSite, vpcId: VpcId): readonly SecurityGroup[] {
  return need(snapshot.securityGroups).filter(group => group.vpcId === vpcId && group.name === 'default');
}

/** The others. */
export function customGroups({ snapshot }: LabSite, vpcId: VpcId): readonly SecurityGroup[] {
  return need(snapshot.securityGroups).filter(group => group.vpcId === vpcId && group.name !== 'default');
}
