import { type Cidr, formatCidr, overlaps, parseCidr } from '../../../core/ipv4';
import type { Route, Vpc } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { isSideOf, refreshPeeringRanges } from '../../world/peeringLife';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { holds, readRange } from './cidrBlocks';
import { vpcCidrAssociationId } from './vpcs';

/** "Amazon VPC quotas": IPv4 ranges of a VPC, the primary one included. */
const maximumBlocks = 5;

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'].flatMap(
  text => parseCidr(text) ?? [],
);

function associate(
  input: Ec2.AssociateVpcCidrBlockRequest,
  { world, region }: CallContext,
): Ec2.AssociateVpcCidrBlockResult {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  if (input.AmazonProvidedIpv6CidrBlock || input.Ipv6CidrBlock || input.Ipv6IpamPoolId || input.Ipv4IpamPoolId)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud gives VPCs IPv4 ranges of their own only.');
  const range = readRange(input.CidrBlock, 'InvalidVpc.Range');
  if (vpc.cidrBlocks.length >= maximumBlocks)
    throw new ServiceFault(
      'CidrLimitExceeded',
      `This network '${vpc.id}' has met its maximum number of allowed CIDRs: ${maximumBlocks}`,
    );
  checkRange(world, region, vpc, range);
  const cidrBlock = formatCidr(range);
  setBlocks(world, region, vpc, [...vpc.cidrBlocks, cidrBlock]);
  addLocalRoutes(region, vpc, cidrBlock);
  return { CidrBlockAssociation: associationShape(region, vpc, cidrBlock, 'associating'), VpcId: vpc.id };
}

function associationShape(
  region: PlaceState,
  vpc: Vpc,
  CidrBlock: string,
  State: Ec2.VpcCidrBlockStateCode,
): Ec2.VpcCidrBlockAssociation {
  return { AssociationId: vpcCidrAssociationId(region, vpc, CidrBlock), CidrBlock, CidrBlockState: { State } };
}

/** "IPv4 CIDR block association restrictions", and ranges in the way: of the VPC, of its peers, of its routes. */
function checkRange(world: World, region: PlaceState, vpc: Vpc, range: Cidr): void {
  const primary = parseCidr(vpc.cidrBlocks[0] ?? '');
  const foreign = privateRanges.filter(family => primary && !overlaps(family, primary));
  if (foreign.some(family => overlaps(family, range)))
    throw new ServiceFault(
      'InvalidVpc.Range',
      `The CIDR '${formatCidr(range)}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Subnets.html`,
    );
  const isTaken = (blocks: readonly string[]) =>
    blocks.flatMap(block => parseCidr(block) ?? []).some(taken => overlaps(taken, range));
  if (
    isTaken(vpc.cidrBlocks) ||
    isTaken(rangesOfPeers(world, region, vpc)) ||
    isTaken(routedInside(region, vpc, range))
  )
    throw new ServiceFault(
      'CidrConflict',
      `The CIDR block '${formatCidr(range)}' conflicts with another CIDR block of the VPC, of a peered VPC or of a route.`,
    );
}

function rangesOfPeers({ peeringConnections }: World, { place }: PlaceState, { id }: Vpc): readonly string[] {
  return [...peeringConnections.values()]
    .filter(({ state }) => state === 'active')
    .flatMap(({ requester, accepter }) => {
      if (requester.vpcId === id && isSideOf(place, requester)) return accepter.cidrBlocks;
      return accepter.vpcId === id && isSideOf(place, accepter) ? requester.cidrBlocks : [];
    });
}

/** Destinations that the new local route would be as wide as, or wider than. */
function routedInside(region: PlaceState, { id }: Vpc, range: Cidr): readonly string[] {
  return [...region.routeTables.values()]
    .filter(({ vpcId }) => vpcId === id)
    .flatMap(({ routes }) =>
      routes.flatMap(({ destination }) => {
        const inside = destination.kind === 'cidr' ? parseCidr(destination.cidr) : undefined;
        return inside && holds(formatCidr(range), inside) ? [formatCidr(inside)] : [];
      }),
    );
}

function setBlocks(world: World, region: PlaceState, vpc: Vpc, cidrBlocks: readonly string[]): void {
  const changed = { ...vpc, cidrBlocks };
  region.vpcs.set(vpc.id, changed);
  refreshPeeringRanges(world, region, changed);
}

function addLocalRoutes(region: PlaceState, { id }: Vpc, cidr: string): void {
  const local: Route = {
    destination: { kind: 'cidr', cidr },
    target: { kind: 'local' },
    state: 'active',
    origin: 'createRouteTable',
  };
  for (const table of region.routeTables.values())
    if (table.vpcId === id) region.routeTables.set(table.id, { ...table, routes: [local, ...table.routes] });
}

function disassociate(
  input: Ec2.DisassociateVpcCidrBlockRequest,
  { world, region }: CallContext,
): Ec2.DisassociateVpcCidrBlockResult {
  const all = [...region.vpcs.values()].flatMap(vpc =>
    vpc.cidrBlocks.map(block => [vpcCidrAssociationId(region, vpc, block), { vpc, block }] as const),
  );
  const { vpc, block } = find('vpcCidrAssociation', new Map(all), input.AssociationId ?? '');
  if (block === vpc.cidrBlocks[0])
    throw new ServiceFault(
      'OperationNotPermitted',
      `The vpc CIDR block with association ID ${input.AssociationId} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
    );
  const isUsed = [...region.subnets.values()].some(({ vpcId, cidrBlock }) => {
    const range = parseCidr(cidrBlock);
    return vpcId === vpc.id && range !== undefined && holds(block, range);
  });
  if (isUsed)
    throw new ServiceFault('InvalidCidrBlock.InUse', `The vpc currently has a subnet within CIDR block ${block}`);
  setBlocks(
    world,
    region,
    vpc,
    vpc.cidrBlocks.filter(other => other !== block),
  );
  removeLocalRoutes(region, vpc, block);
  return { CidrBlockAssociation: associationShape(region, vpc, block, 'disassociating'), VpcId: vpc.id };
}

function removeLocalRoutes(region: PlaceState, { id }: Vpc, cidr: string): void {
  const isGone = ({ destination }: Route) => destination.kind === 'cidr' && destination.cidr === cidr;
  for (const table of region.routeTables.values())
    if (table.vpcId === id)
      region.routeTables.set(table.id, { ...table, routes: table.routes.filter(route => !isGone(route)) });
}

export const vpcCidrBlockOperations: OperationTable = {
  AssociateVpcCidrBlock: associate,
  DisassociateVpcCidrBlock: disassociate,
};
