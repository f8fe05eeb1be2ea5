import { formatMac } from '../headers/addressText';
import type { Dissection } from './dissection';

/** A hardware address; with names on, `Broadcast`, or the address and that its vendor is not known here. */
export function linkAddress(packet: Dissection, offset: number): string {
  const mac = formatMac(packet.bytes, offset);
  if (packet.isNumeric) return mac;
  if (mac === 'ff:ff:ff:ff:ff:ff') return 'Broadcast';
  return `${mac} (oui ${mac.startsWith('00:00:00') ? 'Ethernet' : 'Unknown'})`;
}
