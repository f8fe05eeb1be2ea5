import type { SubnetId } from '../../../core/ids';
import { parseIpv4 } from '../../../core/ipv4';
import type { PrefixList, Subnet, Vpc, VpcEndpoint } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { beginAvailable, makeGatewayEndpoint, makeInterfaceEndpoint } from '../../world/endpointLife';
import { isAssignable, usedAddresses } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';
import type { DirectoryService } from '../../world/serviceDirectory';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext } from '../operation';
import { checkedGroups, checkedPolicy, checkedSubnets, checkKind, checkLimit, noFreeAddress } from './endpointChecks';
import { findOfferedService } from './endpointServices';
import { endpointShape } from './endpointShapes';
import { checkGroupCount } from './interfaceGroups';
import { privateDnsAfter } from './privateDns';

type Input = Ec2.CreateVpcEndpointRequest;

export function createVpcEndpoint(input: Input, context: CallContext): Ec2.CreateVpcEndpointResult {
  const { region } = context;
  const [id] = makeOnce(region, 'CreateVpcEndpoint', input, () => [make(input, context).id]);
  const endpoint = region.endpoints.get(id as VpcEndpoint['id']);
  if (!endpoint) throw new ServiceFault('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`);
  return {
    VpcEndpoint: endpointShape(region, endpoint),
    ...(input.ClientToken === undefined ? {} : { ClientToken: input.ClientToken }),
  };
}

function make(input: Input, context: CallContext): VpcEndpoint {
  const { region } = context;
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  if (input.ServiceName === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ServiceName');
  const service = findOfferedService(region, input.ServiceName);
  const kind = input.VpcEndpointType ?? 'Gateway';
  checkKind(service, kind);
  refuseUnsimulated(input, region);
  return kind === 'Gateway' ? makeGateway(input, vpc, service, context) : makeInterface(input, vpc, service, context);
}

/** What would change the outcome and is not simulated is refused by name, never ignored. */
function refuseUnsimulated(input: Input, region: PlaceState): void {
  const { IpAddressType, ServiceRegion, ResourceConfigurationArn, ServiceNetworkArn } = input;
  const isElsewhere = ServiceRegion !== undefined && ServiceRegion !== region.place.region;
  const isOtherFamily = IpAddressType !== undefined && IpAddressType !== 'ipv4';
  if (isElsewhere || isOtherFamily || ResourceConfigurationArn !== undefined || ServiceNetworkArn !== undefined)
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud makes IPv4 endpoints for services of the same Region only.',
    );
}

function makeInterface(input: Input, vpc: Vpc, service: DirectoryService, { world, region }: CallContext): VpcEndpoint {
  if (input.RouteTableIds?.length)
    throw new ServiceFault('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoint.');
  checkLimit(region, vpc, 'interface');
  const configured = (input.SubnetConfigurations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const subnets = checkedSubnets(region, vpc.id, [...(input.SubnetIds ?? []), ...configured]);
  const groups = checkedGroups(region, vpc.id, input.SecurityGroupIds);
  checkGroupCount(groups.map(({ id }) => id));
  const { isEnabled, isInboundOnly } = privateDnsAfter(region, vpc, service, input);
  const made = makeInterfaceEndpoint(world, region, {
    vpcId: vpc.id,
    serviceName: service.serviceName,
    subnets,
    addresses: chosenAddresses(region, subnets, input),
    securityGroupIds: groups.map(group => group.id),
    privateDnsEnabled: isEnabled && !isInboundOnly,
    isInboundOnly,
    policyDocument: checkedPolicy(input.PolicyDocument),
    tags: tagsAtCreation(input.TagSpecifications, 'vpc-endpoint'),
  });
  if (!made) throw noFreeAddress();
  beginAvailable(world, region, made.id);
  return made;
}

function chosenAddresses(
  region: PlaceState,
  subnets: readonly Subnet[],
  { SubnetConfigurations }: Input,
): ReadonlyMap<SubnetId, string> {
  const chosen = new Map<SubnetId, string>();
  for (const { SubnetId: id, Ipv4 } of SubnetConfigurations ?? []) {
    const subnet = subnets.find(candidate => candidate.id === id);
    if (!subnet || Ipv4 === undefined) continue;
    if (parseIpv4(Ipv4) === undefined || !isAssignable(subnet, Ipv4))
      throw new ServiceFault('InvalidParameter', `The address ${Ipv4} cannot be used in the subnet ${subnet.id}.`);
    if (usedAddresses(region, subnet).has(Ipv4))
      throw new ServiceFault('InvalidParameter', `The address ${Ipv4} is in use already.`);
    chosen.set(subnet.id, Ipv4);
  }
  return chosen;
}

function makeGateway(input: Input, vpc: Vpc, service: DirectoryService, { world, region }: CallContext): VpcEndpoint {
  if (input.SubnetIds?.length || input.SubnetConfigurations?.length)
    throw new ServiceFault('InvalidParameter', 'Subnet IDs are only supported for Interface type VPC Endpoint.');
  if (input.SecurityGroupIds?.length)
    throw new ServiceFault(
      'InvalidParameter',
      'Security group IDs are only supported for Interface type VPC Endpoint.',
    );
  if (input.PrivateDnsEnabled)
    throw new ServiceFault('InvalidParameter', 'Private DNS is only supported for Interface type VPC Endpoint.');
  if (input.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== undefined)
    throw new ServiceFault(
      'InvalidParameter',
      'DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC Endpoints.',
    );
  checkLimit(region, vpc, 'gateway');
  const prefixList = prefixListOf(region, service);
  const tables = [...new Set(input.RouteTableIds ?? [])].map(id => checkedTable(region, vpc, prefixList, id));
  return makeGatewayEndpoint(world, region, {
    vpcId: vpc.id,
    serviceName: service.serviceName,
    prefixListId: prefixList.id,
    routeTableIds: tables,
    policyDocument: checkedPolicy(input.PolicyDocument),
    tags: tagsAtCreation(input.TagSpecifications, 'vpc-endpoint'),
  });
}

export function prefixListOf(region: PlaceState, { serviceName }: Pick<VpcEndpoint, 'serviceName'>): PrefixList {
  const found = [...region.prefixLists.values()].find(({ name }) => name === serviceName);
  if (!found) throw new ServiceFault('InvalidServiceName', `The Vpc Endpoint Service '${serviceName}' does not exist`);
  return found;
}

/** A table of the VPC that has no route to the service's list yet. */
export function checkedTable(region: PlaceState, vpc: Pick<Vpc, 'id'>, prefixList: PrefixList, id: string) {
  const table = find('routeTable', region.routeTables, id);
  if (table.vpcId !== vpc.id)
    throw new ServiceFault('InvalidParameter', `Route table ${id} and VPC ${vpc.id} belong to different networks.`);
  const isTaken = table.routes.some(
    ({ destination }) => destination.kind === 'prefixList' && destination.prefixListId === prefixList.id,
  );
  if (isTaken)
    throw new ServiceFault(
      'RouteAlreadyExists',
      `route table ${id} already has a route with destination-prefix-list-id ${prefixList.id}`,
    );
  return table.id;
}
