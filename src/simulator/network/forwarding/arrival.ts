import type { DropReason } from './dropReason';
import { type GroupFilter, passesAcl, passesGroups } from './filters';
import type { PacketView } from './packetView';
import { type PlacedInterface, subnetOf } from './worldLookup';

/** How a packet comes to an interface. */
export interface Approach {
  /** Over the border of the interface's subnet, where the ACL stands. */
  readonly crossesBorder: boolean;
  /** Who hands it over, where that is more than its source address tells. */
  readonly sender?: PlacedInterface | undefined;
}

/** What keeps a packet from an interface that it reached; undefined when it is let in. */
export function refusalAt(
  filter: GroupFilter,
  receiver: PlacedInterface,
  packet: PacketView,
  { crossesBorder, sender }: Approach,
): DropReason | undefined {
  const subnet = subnetOf(receiver.state, receiver.networkInterface);
  if (!subnet) return 'noInterface';
  if (crossesBorder && !passesAcl(filter.lookup, subnet, 'ingress', packet)) return 'networkAcl';
  const member = sender?.networkInterface.kind === 'networkLoadBalancer' ? sender.networkInterface : undefined;
  return passesGroups(filter, receiver, 'ingress', packet, member) ? undefined : 'securityGroup';
}
