/** Interface endpoints for AWS's own services, with a security group that a lab makes for them. */
import type { NetworkInterface, Subnet, Vpc, VpcEndpoint } from '../core/network';
import { need } from '../core/reading';
import { HTTPS } from '../core/rules/flow';
import { awsServiceName } from '../core/serviceNames';
import { ownGroup } from './choose';
import type { LabAction } from './labAction';
import { type LabSite, ownName } from './labWorld';
import { admitsTcp } from './predicates';
import { admitTcp } from './ruleTemplates';

export interface GuardedEndpoint {
  /** As AWS calls it in names of services: `ssm`. */
  readonly service: string;
  readonly vpc: Vpc;
  readonly subnet: Subnet;
  readonly groupName: string;
  readonly groupDescription: string;
}

/** What comes next for an endpoint that is missing: its group, then a rule that lets the VPC in, then the endpoint with private DNS. */
export function nextForEndpoint(site: LabSite, wanted: GuardedEndpoint): LabAction {
  const { service, vpc, subnet, groupName, groupDescription } = wanted;
  const group = ownGroup(site, groupName);
  if (!group)
    return { operation: 'createSecurityGroup', vpcId: vpc.id, name: groupName, description: groupDescription };
  const [cidr] = vpc.cidrBlocks;
  if (cidr !== undefined && !group.rules.some(({ direction }) => direction === 'ingress'))
    return { operation: 'addSecurityGroupRule', groupId: group.id, rule: admitTcp(HTTPS, cidr) };
  return {
    operation: 'createInterfaceEndpoint',
    name: `${ownName(site)}-${service}`,
    vpcId: vpc.id,
    serviceName: awsServiceName(site.snapshot.place.region, service),
    subnetIds: [subnet.id],
    securityGroupIds: [group.id],
    privateDnsEnabled: true,
  };
}

/** Ids of an endpoint's groups when none of them admits HTTPS from an interface; undefined when one does, or there are none. */
export function shutGroups({ snapshot }: LabSite, endpoint: VpcEndpoint, from: NetworkInterface): string | undefined {
  const groups = need(snapshot.securityGroups).filter(({ id }) => endpoint.securityGroupIds.includes(id));
  if (groups.length === 0 || admitsTcp(snapshot, groups, from, HTTPS)) return undefined;
  return groups.map(({ id }) => id).join(', ');
}
