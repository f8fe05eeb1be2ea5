import { EtherType } from '../headers/ethernet';

const names: Readonly<Record<number, string>> = {
  [EtherType.ipv4]: 'IPv4',
  [EtherType.arp]: 'ARP',
  [EtherType.reverseArp]: 'Reverse ARP',
  [EtherType.ipv6]: 'IPv6',
  [EtherType.vlan]: '802.1Q',
  [EtherType.providerVlan]: '802.1Q-QinQ',
  34887: 'MPLS unicast',
  34888: 'MPLS multicast',
  34915: 'PPPoE D',
  34916: 'PPPoE S',
  34958: 'EAPOL',
  35020: 'LLDP',
};

/** What tcpdump calls an EtherType; undefined when it has no name. */
export const etherTypeName = (type: number): string | undefined => names[type];
