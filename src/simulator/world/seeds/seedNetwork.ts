import { internetGatewayId, routeTableId } from '../../../core/ids';
import type { InternetGateway, Route, RouteTable, Subnet, Vpc } from '../../../core/network';
import { awsServiceName } from '../../../core/serviceNames';
import { makeInterfaceEndpoint } from '../endpointLife';
import { fullAccessPolicy } from '../fullAccessPolicy';
import { makeSubnet, makeVpc } from '../makeVpc';
import type { PlaceState } from '../placeState';
import type { World } from '../world';
import { seedGroup, tcpPort } from './seedGroup';

/** A VPC with both DNS attributes on and no way to the internet. */
export function seedVpc(region: PlaceState, name: string, cidrBlock: string): Vpc {
  const [dhcpOptions] = region.dhcpOptions.values();
  return makeVpc(region, {
    cidrBlock,
    isDefault: false,
    dhcpOptionsId: dhcpOptions?.id,
    dnsAttributes: { enableDnsSupport: true, enableDnsHostnames: true },
    routes: [],
    tags: { Name: name },
  });
}

/** A subnet on the main route table, which leads to an internet gateway. */
export function seedPublicSubnet(region: PlaceState, vpc: Vpc, name: string, cidrBlock: string): Subnet {
  const gateway: InternetGateway = { id: internetGatewayId(region.newId('igw')), attachedVpcIds: [vpc.id] };
  region.internetGateways.set(gateway.id, gateway);
  const main = [...region.routeTables.values()].find(({ vpcId, isMain }) => vpcId === vpc.id && isMain);
  if (!main) throw new Error(`${vpc.id} has no main route table`);
  const toInternet: Route = {
    destination: { kind: 'cidr', cidr: '0.0.0.0/0' },
    target: { kind: 'internetGateway', id: gateway.id },
    state: 'active',
    origin: 'createRoute',
  };
  region.routeTables.set(main.id, { ...main, routes: [...main.routes, toInternet] });
  return seedSubnet(region, vpc, name, cidrBlock, true);
}

/** A subnet with a route table of its own that leads nowhere but through the VPC. */
export function seedPrivateSubnet(region: PlaceState, vpc: Vpc, name: string, cidrBlock: string): Subnet {
  const subnet = seedSubnet(region, vpc, name, cidrBlock, false);
  const local: Route = {
    destination: { kind: 'cidr', cidr: vpc.cidrBlocks[0] ?? '' },
    target: { kind: 'local' },
    state: 'active',
    origin: 'createRouteTable',
  };
  const table: RouteTable = {
    id: routeTableId(region.newId('rtb')),
    vpcId: vpc.id,
    isMain: false,
    subnetIds: [subnet.id],
    routes: [local],
    tags: { Name: `${name}-RT` },
  };
  region.routeTables.set(table.id, table);
  return subnet;
}

function seedSubnet(
  region: PlaceState,
  vpc: Vpc,
  name: string,
  cidrBlock: string,
  mapPublicIpOnLaunch: boolean,
): Subnet {
  const [zone] = region.zones;
  if (!zone) throw new Error(`${region.place.region} has no zones`);
  return makeSubnet(region, { vpcId: vpc.id, cidrBlock, zone, mapPublicIpOnLaunch, tags: { Name: name } });
}

/** What Session Manager needs where nothing leads to the internet ("the labs, as checkable steps": a way in). */
export function seedSessionEndpoints(world: World, region: PlaceState, vpc: Vpc, subnet: Subnet): void {
  const group = seedGroup(region, vpc, {
    name: 'session-endpoints',
    description: 'HTTPS from the VPC to the Session Manager endpoints',
    ingress: [tcpPort(443, vpc.cidrBlocks[0])],
  });
  for (const service of ['ssm', 'ssmmessages']) {
    const endpoint = makeInterfaceEndpoint(world, region, {
      vpcId: vpc.id,
      serviceName: awsServiceName(region.place.region, service),
      state: 'pending',
      subnets: [subnet],
      addresses: new Map(),
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      isInboundOnly: false,
      policyDocument: fullAccessPolicy,
      tags: { Name: service },
    });
    if (endpoint) region.endpoints.set(endpoint.id, { ...endpoint, state: 'available' });
  }
}
