import type { Instance } from '../../core/network';
import { predictDelivery } from '../../core/prediction/predictDelivery';
import { predictPath } from '../../core/prediction/predictPath';
import { HTTPS } from '../../core/rules/flow';
import type { NetworkSnapshot } from '../../core/snapshot';
import { usesVpcResolver } from '../../core/vpcResolver';
import { decideForRole, usableRole } from './account';
import type { PlaceState } from './placeState';
import { publicResolvers } from './publicResolvers';
import { readRegion } from './readRegion';
import type { World } from './world';

/** The agent dials out to these ("Systems Manager: Reference: ec2messages, ssmmessages, and other API operations"). */
const neededServices = ['ssm', 'ssmmessages'];
const dnsPort = 53;

/**
 * Whether the agent of a running instance may register and has a way to the services: role, then names, routes, groups and ACLs, through
 * endpoints, an internet gateway or a NAT gateway. `snapshot` is the region as it is, for callers who ask about many instances.
 */
export function canReachSessionManager(
  world: World,
  region: PlaceState,
  instance: Instance,
  snapshot: () => NetworkSnapshot = () => readRegion(region, world.timeline.now()),
): boolean {
  if (instance.state !== 'running') return false;
  const account = world.account(region.place.accountId);
  const role = usableRole(account, instance.instanceProfileArn);
  if (!role || decideForRole(account, role, 'ssm:UpdateInstanceInformation', '*') !== 'allowed') return false;
  const seen = snapshot();
  return (
    asksSomebody(region, instance, seen) && neededServices.every(service => reaches(world, instance, seen, service))
  );
}

/** With a name server of one's own in the DHCP options names are known only if that is a public resolver within reach. */
function asksSomebody(region: PlaceState, instance: Instance, snapshot: NetworkSnapshot): boolean {
  const vpc = instance.vpcId && region.vpcs.get(instance.vpcId);
  const options = vpc?.dhcpOptionsId && region.dhcpOptions.get(vpc.dhcpOptionsId);
  const [networkInterfaceId] = instance.networkInterfaceIds;
  if (!vpc || !networkInterfaceId) return false;
  if (usesVpcResolver(vpc, options)) return true;
  const servers = options?.domainNameServers.filter(server => publicResolvers.includes(server)) ?? [];
  return servers.some(
    address => predictDelivery(snapshot, { networkInterfaceId, address, port: dnsPort }).end.kind === 'outside',
  );
}

/** Where an instance that dials a service (`ssmmessages`, the gateway of data channels) now gets through; undefined when it does not. */
export function findServiceAddress(
  world: World,
  region: PlaceState,
  instance: Instance,
  snapshot: NetworkSnapshot,
  service: string,
): string | undefined {
  const [networkInterfaceId] = instance.networkInterfaceIds;
  if (instance.state !== 'running' || !networkInterfaceId || !asksSomebody(region, instance, snapshot))
    return undefined;
  const name = `${service}.${region.place.region}.amazonaws.com`;
  const publicAddresses = world.publicAddresses(name) ?? [];
  const { answer } = predictPath(snapshot, { networkInterfaceId, name, port: HTTPS, publicAddresses });
  return answer?.addresses.find(address => isDelivered(instance, snapshot, address));
}

/** Whether packets for a service's address arrive, whatever its name means by now. */
export function isDelivered(instance: Instance, snapshot: NetworkSnapshot, address: string): boolean {
  const [networkInterfaceId] = instance.networkInterfaceIds;
  if (!networkInterfaceId) return false;
  const { end } = predictDelivery(snapshot, { networkInterfaceId, address, port: HTTPS });
  return end.kind === 'endpoint' || end.kind === 'outside';
}

function reaches(world: World, instance: Instance, snapshot: NetworkSnapshot, service: string): boolean {
  const name = `${service}.${snapshot.place.region}.amazonaws.com`;
  const [networkInterfaceId] = instance.networkInterfaceIds;
  if (!networkInterfaceId) return false;
  const publicAddresses = world.publicAddresses(name) ?? [];
  const { outcome } = predictPath(snapshot, { networkInterfaceId, name, port: HTTPS, publicAddresses });
  // An agent tries again, so that some of a name's addresses are enough.
  return outcome.kind === 'reachesEndpoint' || outcome.kind === 'leaves' || outcome.kind === 'partly';
}
