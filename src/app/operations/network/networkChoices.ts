import { gapError } from '../../../core/gaps';
import type { RouteTable, Subnet, Vpc } from '../../../core/network';
import type { CallOptions } from '../../../core/ports/calls';
import type { WritableRouteTarget } from '../../../core/ports/routeGateway';
import { valueOr } from '../../../core/reading';
import type { NetworkSnapshot } from '../../../core/snapshot';
import type { Scope } from '../../appModel';
import { vpcRemovalParts } from './planVpcRemoval';

/** What the wizards of the building blocks choose from. */
export interface NetworkChoices {
  readonly snapshot: NetworkSnapshot;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
  readonly availabilityZones: readonly string[];
}

/** Reads them. Rejects when VPCs, subnets or route tables cannot be read. */
export async function readNetworkChoices(scope: Scope, options: CallOptions = {}): Promise<NetworkChoices> {
  const { network, vpcs: gateway } = await scope.gateways();
  const [snapshot, availabilityZones] = await Promise.all([
    network.readSnapshot([...vpcRemovalParts, 'peeringConnections', 'dhcpOptions'], options),
    gateway.listAvailabilityZones(options),
  ]);
  const { vpcs, subnets, routeTables } = snapshot;
  for (const part of [vpcs, subnets, routeTables] as const) if (!part.known) throw gapError(part.gap);
  return {
    snapshot,
    vpcs: valueOr(vpcs, []),
    subnets: valueOr(subnets, []),
    tables: valueOr(routeTables, []),
    availabilityZones,
  };
}

/** What a route of a VPC's table can lead to. */
export function routeTargets({ snapshot }: NetworkChoices, { vpcId }: RouteTable): readonly WritableRouteTarget[] {
  const { internetGateways, natGateways, peeringConnections } = snapshot;
  return [
    ...valueOr(internetGateways, [])
      .filter(({ attachedVpcIds }) => attachedVpcIds.includes(vpcId))
      .map(({ id }) => ({ kind: 'internetGateway' as const, id })),
    ...(natGateways ? valueOr(natGateways, []) : [])
      .filter(gateway => gateway.vpcId === vpcId && gateway.state === 'available')
      .map(({ id }) => ({ kind: 'natGateway' as const, id })),
    ...(peeringConnections ? valueOr(peeringConnections, []) : [])
      .filter(
        ({ state, requester, accepter }) => state === 'active' && [requester.vpcId, accepter.vpcId].includes(vpcId),
      )
      .map(({ id }) => ({ kind: 'peeringConnection' as const, id })),
  ];
}
