import type { PrefixList, Vpc, VpcEndpoint } from '../../../core/network';
import { ownServiceOf } from '../../../core/serviceNames';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { addConnection } from '../../world/endpointConnections';
import { beginAvailable, makeGatewayEndpoint, makeInterfaceEndpoint } from '../../world/endpointLife';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext } from '../operation';
import { chosenAddresses } from './endpointAddresses';
import {
  checkedGroups,
  checkedPolicy,
  checkedSubnets,
  checkKind,
  checkLimit,
  checkZones,
  noFreeAddress,
} from './endpointChecks';
import { endpointShape } from './endpointShapes';
import { checkGroupCount } from './interfaceGroups';
import { findOfferedService, type OfferedService } from './offeredServices';
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
  refuseUnsimulated(input);
  if (input.ServiceName === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ServiceName');
  const service = findOfferedService(context, input.ServiceName, checkedServiceRegion(input, region));
  const kind = input.VpcEndpointType ?? 'Gateway';
  checkKind(service, kind);
  return kind === 'Gateway' ? makeGateway(input, vpc, service, context) : makeInterface(input, vpc, service, context);
}

/** What would change the outcome and is not simulated is refused by name, never ignored. */
function refuseUnsimulated({ VpcEndpointType: type, IpAddressType, ...input }: Input): void {
  if (type === 'Resource' || type === 'ServiceNetwork' || input.ResourceConfigurationArn || input.ServiceNetworkArn)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes no endpoints for VPC Lattice.');
  if ((IpAddressType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes IPv4 endpoints only.');
}

/** Services of people's own can be reached from other Regions; those of AWS in the practice cloud cannot. */
function checkedServiceRegion({ ServiceName = '', ServiceRegion }: Input, { place }: PlaceState): string | undefined {
  const isElsewhere = ServiceRegion !== undefined && ServiceRegion !== place.region;
  if (isElsewhere && !ownServiceOf(ServiceName))
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud makes endpoints for services of AWS in the same Region only.',
    );
  return ServiceRegion;
}

function makeInterface(input: Input, vpc: Vpc, service: OfferedService, { world, region }: CallContext): VpcEndpoint {
  if (input.RouteTableIds?.length)
    throw new ServiceFault('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoint.');
  checkLimit(region, vpc, 'interface');
  const configured = (input.SubnetConfigurations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const subnets = checkedSubnets(region, vpc.id, [...(input.SubnetIds ?? []), ...configured]);
  checkZones(region, service, subnets);
  const groups = checkedGroups(region, vpc.id, input.SecurityGroupIds);
  checkGroupCount(groups.map(({ id }) => id));
  const { isEnabled, isInboundOnly } = privateDnsAfter(world, region, vpc, service, input);
  const made = makeInterfaceEndpoint(world, region, {
    vpcId: vpc.id,
    serviceName: service.serviceName,
    state: service.own?.isAcceptanceRequired ? 'pendingAcceptance' : 'pending',
    subnets,
    addresses: chosenAddresses(region, subnets, input.SubnetConfigurations),
    securityGroupIds: groups.map(group => group.id),
    privateDnsEnabled: isEnabled && !isInboundOnly,
    isInboundOnly,
    policyDocument: checkedPolicy(input.PolicyDocument),
    tags: tagsAtCreation(input.TagSpecifications, 'vpc-endpoint'),
  });
  if (!made) throw noFreeAddress();
  if (service.own) addConnection(world, service.own, made, region);
  if (made.state === 'pending') beginAvailable(world, region, made.id);
  return made;
}

function makeGateway(input: Input, vpc: Vpc, service: OfferedService, { world, region }: CallContext): VpcEndpoint {
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
