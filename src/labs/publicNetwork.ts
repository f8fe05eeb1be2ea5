/** A VPC of a run's own with one subnet and a way to the internet, made a step at a time. */
import type { Subnet, Vpc } from '../core/network';
import { need } from '../core/reading';
import { isOwnNamed } from './choose';
import type { LabAction } from './labAction';
import type { LabSite } from './labWorld';
import { defaultRouteOf, hasOwnTable } from './predicates';

export interface WantedNetwork {
  readonly name: string;
  readonly cidrBlock: string;
  readonly subnetCidrBlock: string;
}

/** The next of VPC, subnet, route table and their association; undefined when all are there. */
export function nextForNetwork(
  site: LabSite,
  { name, cidrBlock, subnetCidrBlock }: WantedNetwork,
  found: { readonly vpc: Vpc | undefined; readonly subnet: Subnet | undefined },
): LabAction | undefined {
  const { vpc, subnet } = found;
  if (!vpc) return { operation: 'createVpc', name, cidrBlock };
  if (!subnet)
    return {
      operation: 'createSubnet',
      name,
      vpcId: vpc.id,
      cidrBlock: subnetCidrBlock,
      availabilityZone: undefined,
    };
  if (hasOwnTable(site.snapshot, subnet)) return undefined;
  const table = need(site.snapshot.routeTables).find(each => isOwnNamed(site, each, name));
  return table
    ? { operation: 'associateRouteTable', routeTableId: table.id, subnetId: subnet.id, previousId: undefined }
    : { operation: 'createRouteTable', name, vpcId: vpc.id };
}

/** The internet gateway that is attached to a VPC. */
export const gatewayOf = ({ snapshot }: LabSite, { id }: Vpc) =>
  need(snapshot.internetGateways).find(({ attachedVpcIds }) => attachedVpcIds.includes(id));

/** The next of internet gateway and default route; undefined when both are there, or when the table is not the subnet's own. */
export function nextForInternet(site: LabSite, name: string, vpc: Vpc, subnet: Subnet): LabAction | undefined {
  const gateway = gatewayOf(site, vpc);
  if (!gateway) return { operation: 'createInternetGateway', name, vpcId: vpc.id };
  const table = need(site.snapshot.routeTables).find(({ subnetIds }) => subnetIds.includes(subnet.id));
  if (!table || defaultRouteOf(site.snapshot, subnet)) return undefined;
  const target = { kind: 'internetGateway', id: gateway.id } as const;
  return { operation: 'createRoute', routeTableId: table.id, destination: '0.0.0.0/0', target };
}
