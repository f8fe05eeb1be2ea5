import type { Instance, NetworkInterface, SecurityGroup, VpcEndpoint } from '../../core/network';
import { evaluateSecurityGroups } from '../../core/rules/evaluateSecurityGroups';
import { type Flow, TCP } from '../../core/rules/flow';
import { matchRoute } from '../../core/rules/matchRoute';
import { resolveName } from '../../core/rules/resolveName';
import { routeTableOf } from '../../core/rules/routeTableOf';
import { decideForRole, usableRole } from './account';
import type { PlaceState } from './placeState';
import type { World } from './world';

/** The agent dials out to these ("Systems Manager: Reference: ec2messages, ssmmessages, and other API operations"). */
const neededServices = ['ssm', 'ssmmessages'];

/** Whether the agent of a running instance may register and has a way to the services: role, then name, route and groups. */
export function canReachSessionManager(world: World, region: PlaceState, instance: Instance): boolean {
  if (instance.state !== 'running') return false;
  const role = usableRole(world.account(region.place.accountId), instance.instanceProfileArn);
  if (!role || decideForRole(role, 'ssm:UpdateInstanceInformation', '*') !== 'allowed') return false;
  return neededServices.every(service => reaches(world, region, instance, service));
}

function reaches(world: World, region: PlaceState, instance: Instance, service: string): boolean {
  const own = region.networkInterfaces.get(instance.networkInterfaceIds[0] as NetworkInterface['id']);
  const address = own && resolve(world, region, own, `${service}.${region.place.region}.amazonaws.com`);
  if (!own || address === undefined) return false;
  const flow: Flow = {
    protocol: TCP,
    source: own.privateIpAddress,
    sourcePort: 32768,
    destination: address,
    destinationPort: 443,
  };
  const peer = interfaceAt(region, own, address);
  if (!admits(region, 'egress', flow, own, peer)) return false;
  const target = routeTarget(region, own, address);
  if (target === 'local') return peer !== undefined && answers(region, flow, own, peer);
  return target === 'internetGateway' && own.publicIpAddress !== undefined;
}

function resolve(world: World, region: PlaceState, own: NetworkInterface, name: string): string | undefined {
  const vpc = region.vpcs.get(own.vpcId);
  const attributes = region.dnsAttributes.get(own.vpcId);
  if (!vpc || !attributes) return undefined;
  const answer = resolveName(name, {
    region: region.place.region,
    vpc,
    attributes,
    dhcpOptions: vpc.dhcpOptionsId && region.dhcpOptions.get(vpc.dhcpOptionsId),
    endpoints: [...region.endpoints.values()],
    networkInterfaces: [...region.networkInterfaces.values()],
    subnets: [...region.subnets.values()],
    publicAddresses: wanted => world.publicAddresses(wanted),
    privateNamesOf: serviceName => world.privateNamesOf(serviceName),
  });
  return answer.addresses[0];
}

function routeTarget(region: PlaceState, own: NetworkInterface, address: string): string | undefined {
  const table = routeTableOf({ id: own.subnetId, vpcId: own.vpcId }, [...region.routeTables.values()]);
  const winner = matchRoute(table?.routes ?? [], address, [...region.prefixLists.values()]).winner;
  return winner?.route.state === 'active' ? winner.route.target.kind : undefined;
}

function interfaceAt(region: PlaceState, own: NetworkInterface, address: string): NetworkInterface | undefined {
  return [...region.networkInterfaces.values()].find(
    other => other.vpcId === own.vpcId && other.privateIpAddress === address,
  );
}

function answers(region: PlaceState, flow: Flow, own: NetworkInterface, peer: NetworkInterface): boolean {
  const endpoint = [...region.endpoints.values()].find(({ networkInterfaceIds }) =>
    networkInterfaceIds.includes(peer.id),
  );
  return isAvailable(endpoint) && admits(region, 'ingress', flow, peer, own);
}

function isAvailable(endpoint: VpcEndpoint | undefined): boolean {
  return endpoint?.state === 'available';
}

function admits(
  region: PlaceState,
  direction: 'ingress' | 'egress',
  flow: Flow,
  own: NetworkInterface,
  peerInterface: NetworkInterface | undefined,
): boolean {
  const groups = own.securityGroupIds.flatMap(
    (id): SecurityGroup | readonly SecurityGroup[] => region.securityGroups.get(id) ?? [],
  );
  const prefixLists = [...region.prefixLists.values()];
  return evaluateSecurityGroups(direction, flow, { groups, peerInterface, prefixLists }).isAllowed;
}
