import type { PacketLabels } from '../../src/protocol/packetLabels';
import { fill } from './labelText';
import type { MenuItem } from './popupMenu';
import type { RowPlace } from './rowStore';
import { hostOf, rowText } from './rowText';

export interface PacketMenuActions {
  filter(text: string): void;
  copy(): void;
  open(): void;
}

/** What one can do with a packet: show only its kind, copy it, look into it. */
export function packetMenu(place: RowPlace, labels: PacketLabels, actions: PacketMenuActions): readonly MenuItem[] {
  const { source, destination } = rowText(place);
  const hosts = [...new Set([hostOf(source), hostOf(destination)])].filter(Boolean);
  const only = hosts.map(host => ({ label: fill(labels.showOnlyAddress, host), run: () => actions.filter(host) }));
  const both = {
    label: labels.showOnlyConversation,
    run: () => actions.filter(`${source} ${destination}`),
  };
  return [
    ...only,
    ...(hosts.length === 2 ? [both] : []),
    { label: labels.copyLines, key: 'Ctrl+C', run: actions.copy },
    { label: labels.details, key: 'Enter', run: actions.open },
  ];
}
