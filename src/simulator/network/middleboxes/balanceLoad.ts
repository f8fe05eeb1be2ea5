import type { NetworkInterfaceId } from '../../../core/ids';
import type { Listener, RegisteredTarget, TargetGroup } from '../../../core/loadBalancing';
import { isCrossZone, targetGroupAttributes } from '../../../core/loadBalancingAttributes';
import type { NetworkInterface } from '../../../core/network';
import { eligibleTargets, type ZonedTarget } from '../../../core/rules/eligibleTargets';
import { TCP } from '../../../core/rules/flow';
import type { RegionState } from '../../world/regionState';
import type { PacketEnds } from '../forwarding/packetView';
import type { PlacedNode } from '../forwarding/worldIndex';
import { subnetOf, type WorldLookup } from '../forwarding/worldLookup';

/** Where a new conversation goes. */
export interface ChosenTarget {
  readonly address: string;
  readonly port: number;
  /** Undefined for an address outside of what the practice cloud holds. */
  readonly interfaceId: NetworkInterfaceId | undefined;
  /** Whether the target is to see the client's own address. */
  readonly keepsClient: boolean;
}

export type TargetChoice = ChosenTarget | 'refused' | 'silence';

/** Chooses by the conversation's five numbers ("Network Load Balancers: flow hash"), or by the client alone when the group is sticky. */
export function balanceLoad(
  lookup: WorldLookup,
  placed: PlacedNode,
  ends: PacketEnds,
  pick: (conversation: string, count: number) => number,
): TargetChoice {
  const listener = listenerFor(placed, ends);
  const group = listener && placed.state.targetGroups.get(listener.targetGroupArn);
  if (!group) return 'refused';
  const node = { zone: placed.node.availabilityZone, isCrossZone: isCrossZone(placed.loadBalancer, group) };
  const eligible = eligibleTargets(zonedTargets(placed.state, lookup, group), node);
  if (eligible.kind === 'noneInZone') return 'silence';
  if (eligible.kind === 'noneRegistered') return 'refused';
  const attributes = targetGroupAttributes(group);
  const { protocol, source, sourcePort } = ends;
  const isSticky = attributes['stickiness.enabled'] === 'true';
  const conversation = isSticky ? source : `${protocol} ${source}:${sourcePort} ${ends.destinationPort}`;
  const target = eligible.targets[pick(conversation, eligible.targets.length)];
  const owner = target && targetInterface(placed.state, lookup, group, target);
  const address = owner?.privateIpAddress ?? target?.id;
  if (!target || address === undefined) return 'silence';
  const keepsClient = attributes['preserve_client_ip.enabled'] === 'true' && owner !== undefined;
  return { address, port: target.port, interfaceId: owner?.id, keepsClient };
}

function listenerFor({ state, loadBalancer }: PlacedNode, ends: PacketEnds): Listener | undefined {
  const wanted = ends.protocol === TCP ? 'TCP' : 'UDP';
  for (const listener of state.listeners.values()) {
    const { loadBalancerArn, port, protocol } = listener;
    if (loadBalancerArn === loadBalancer.arn && port === ends.destinationPort && protocol.split('_').includes(wanted))
      return listener;
  }
  return undefined;
}

/** Each target of a group with the zone that it counts in. */
export function zonedTargets(state: RegionState, lookup: WorldLookup, group: TargetGroup): readonly ZonedTarget[] {
  return group.targets.map(target => {
    const owner = targetInterface(state, lookup, group, target);
    const zone = target.availabilityZone === 'all' ? undefined : owner && subnetOf(state, owner)?.availabilityZone;
    return { target, zone };
  });
}

/** The interface behind a target: an instance's first, or the one with the address. */
export function targetInterface(
  state: RegionState,
  lookup: WorldLookup,
  group: TargetGroup,
  { id }: Pick<RegisteredTarget, 'id'>,
): NetworkInterface | undefined {
  if (group.targetType === 'ip') return lookup.interfaceAt(group.vpcId, id)?.networkInterface;
  const interfaceId = lookup.instanceInterfaces(id)[0];
  return interfaceId && state.networkInterfaces.get(interfaceId);
}
