/** Further VPCs beside the small world's own, each with a subnet and an instance that everybody may talk to. */
import * as id from '../../src/core/ids';
import type { NetworkInterface, NetworkInterfaceKind, Place, Route } from '../../src/core/network';
import type { PeeringConnection, PeeringSide } from '../../src/core/peering';
import type { RegionState } from '../../src/simulator/world/regionState';
import {
  anyone,
  everythingOut,
  instance,
  local,
  networkAcl,
  networkInterface,
  route,
  routeTable,
  rule,
  securityGroup,
  subnet,
  vpc,
} from './networkBuilders';
import type { SmallWorld } from './smallWorld';

const hex = (seed: number) => seed.toString(16).padStart(17, '0');

export const everythingIn = rule({ protocol: -1, fromPort: undefined, toPort: undefined, peer: anyone });

/** The ids of one site, all with its number. */
export function idsOf(number: number) {
  return {
    vpcId: id.vpcId(`vpc-${hex(number)}`),
    subnetId: id.subnetId(`subnet-${hex(number)}`),
    tableId: id.routeTableId(`rtb-${hex(number)}`),
    groupId: id.securityGroupId(`sg-${hex(number)}`),
    aclId: id.networkAclId(`acl-${hex(number)}`),
    interfaceId: id.networkInterfaceId(`eni-${hex(number)}`),
    instanceId: id.instanceId(`i-${hex(number)}`),
  };
}

export interface SiteOptions {
  readonly place?: Place;
  /** `10.0.0.0/16` unless said; its subnet is the first /24, its instance has the address .5 there. */
  readonly network?: string;
  readonly routes?: readonly Route[];
  readonly zoneId?: string;
}

/** Puts a VPC into the world and gives its ids, its state and its instance's address. `number` from 100 on, to keep clear of others. */
export function addSite(world: SmallWorld, number: number, options: SiteOptions = {}) {
  const place = options.place ?? world.place;
  const state = world.region(place);
  const cidr = options.network ?? '10.0.0.0/16';
  const base = cidr.split('.').slice(0, 2).join('.');
  const ids = idsOf(number);
  const { vpcId, subnetId } = ids;
  state.vpcs.set(vpcId, vpc({ id: vpcId, ownerId: place.accountId, cidrBlocks: [cidr] }));
  state.dnsAttributes.set(vpcId, { enableDnsSupport: true, enableDnsHostnames: true });
  const zone = { availabilityZoneId: options.zoneId ?? 'aps1-az1' };
  state.subnets.set(subnetId, subnet({ id: subnetId, vpcId, cidrBlock: `${base}.0.0/24`, ...zone }));
  const routes = [route(cidr, local, { origin: 'createRouteTable' }), ...(options.routes ?? [])];
  state.routeTables.set(ids.tableId, routeTable({ id: ids.tableId, vpcId, routes }));
  state.networkAcls.set(ids.aclId, networkAcl({ id: ids.aclId, vpcId, subnetIds: [subnetId] }));
  const rules = [everythingIn, everythingOut];
  state.securityGroups.set(ids.groupId, securityGroup({ id: ids.groupId, vpcId, rules }));
  const address = `${base}.0.5`;
  addMachine(state, number, { vpcId, subnetId, privateIpAddress: address, securityGroupIds: [ids.groupId] });
  state.instances.set(
    ids.instanceId,
    instance({
      id: ids.instanceId,
      vpcId,
      subnetId,
      privateIpAddress: address,
      publicIpAddress: undefined,
      networkInterfaceIds: [ids.interfaceId],
      securityGroupIds: [ids.groupId],
    }),
  );
  return { ...ids, state, place, address };
}

/** Puts an interface into a region: an instance's unless said otherwise. */
export function addMachine(
  state: RegionState,
  number: number,
  changes: Partial<NetworkInterface> & { readonly kind?: NetworkInterfaceKind },
): NetworkInterface {
  const isInstance = (changes.kind ?? 'instance') === 'instance';
  const made = networkInterface({
    id: idsOf(number).interfaceId,
    publicIpAddress: undefined,
    instanceId: isInstance ? idsOf(number).instanceId : undefined,
    macAddress: `02:00:00:00:0${Math.floor(number / 256)}:${(number % 256).toString(16).padStart(2, '0')}`,
    ...changes,
  });
  state.networkInterfaces.set(made.id, made);
  return made;
}

export type Site = ReturnType<typeof addSite>;

/** An active peering connection between two VPCs of the world. */
export function addPeering(
  world: SmallWorld,
  number: number,
  sides: readonly [Pick<Site, 'vpcId' | 'place'>, Pick<Site, 'vpcId' | 'place'>],
  changes: Partial<PeeringConnection> = {},
): PeeringConnection {
  const side = ({ vpcId, place }: Pick<Site, 'vpcId' | 'place'>): PeeringSide => ({
    ...place,
    vpcId,
    cidrBlocks: world.region(place).vpcs.get(vpcId)?.cidrBlocks ?? [],
    allowsRemoteDnsResolution: false,
    tags: {},
  });
  const made: PeeringConnection = {
    id: id.peeringConnectionId(`pcx-${hex(number)}`),
    requester: side(sides[0]),
    accepter: side(sides[1]),
    state: 'active',
    statusMessage: 'Active',
    expiresAtMs: undefined,
    ...changes,
  };
  world.peeringConnections.set(made.id, made);
  return made;
}
