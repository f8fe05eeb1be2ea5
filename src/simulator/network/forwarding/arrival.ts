import type { NetworkInterface } from '../../../core/network';
import type { RegionState } from '../../world/regionState';
import type { ConnectionTracker } from './connectionTracker';
import type { DropReason } from './dropReason';
import { passesAcl, passesGroups } from './filters';
import type { PacketView } from './packetView';
import { subnetOf } from './worldLookup';

/** What keeps a packet from an interface that it reached; undefined when it is let in. */
export function refusalAt(
  state: RegionState,
  receiver: NetworkInterface,
  packet: PacketView,
  crossesBorder: boolean,
  tracker: ConnectionTracker,
): DropReason | undefined {
  const subnet = subnetOf(state, receiver);
  if (!subnet) return 'noInterface';
  if (crossesBorder && !passesAcl(state, subnet, 'ingress', packet)) return 'networkAcl';
  return passesGroups(state, receiver, 'ingress', packet, tracker) ? undefined : 'securityGroup';
}
