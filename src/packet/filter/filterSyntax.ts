/** The parsed form of tcpdump's filter language ("pcap-filter", manual page of libpcap 1.10). */

export type Direction = 'source' | 'destination' | 'either' | 'both';

/** Protocols that stand alone as a condition. */
export type ProtocolName =
  | 'ip'
  | 'ip6'
  | 'arp'
  | 'rarp'
  | 'tcp'
  | 'udp'
  | 'sctp'
  | 'icmp'
  | 'icmp6'
  | 'igmp'
  | 'esp'
  | 'ah'
  | 'pim'
  | 'igrp'
  | 'vrrp'
  | 'carp';

/** What an address or a number may be qualified with; `any` stands for no qualifier. */
export type NetworkName = 'any' | 'ip' | 'ip6' | 'arp' | 'rarp';

export type Comparison = '=' | '!=' | '>' | '<' | '>=' | '<=';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

/** Layers whose bytes can be looked at. */
export type AccessedLayer =
  | 'ether'
  | 'ip'
  | 'ip6'
  | 'arp'
  | 'rarp'
  | 'tcp'
  | 'udp'
  | 'icmp'
  | 'igmp'
  | 'icmp6'
  | 'sctp';

/** Values are unsigned 32-bit numbers. */
export type Arithmetic =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'length' }
  | { readonly kind: 'bytes'; readonly layer: AccessedLayer; readonly offset: Arithmetic; readonly size: 1 | 2 | 4 }
  | { readonly kind: 'negate'; readonly operand: Arithmetic }
  | {
      readonly kind: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: Arithmetic;
      readonly right: Arithmetic;
    };

/** What is captured on: `cooked` is LINUX_SLL2, the form of `-i any`. */
export type FilterLinkType = 'ethernet' | 'cooked';

export type FilterNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'protocol'; readonly protocol: ProtocolName }
  | {
      readonly kind: 'address';
      readonly network: Exclude<NetworkName, 'ip6'>;
      readonly direction: Direction;
      readonly address: number;
      readonly mask: number;
    }
  | {
      readonly kind: 'address6';
      readonly direction: Direction;
      readonly address: Uint8Array;
      readonly prefixLength: number;
    }
  | { readonly kind: 'ethernetHost'; readonly direction: Direction; readonly address: Uint8Array }
  | { readonly kind: 'etherType'; readonly number: number }
  | { readonly kind: 'ipProtocol'; readonly network: 'any' | 'ip' | 'ip6'; readonly number: number }
  | {
      readonly kind: 'ports';
      readonly protocol: 'any' | 'tcp' | 'udp' | 'sctp';
      readonly direction: Direction;
      readonly first: number;
      readonly last: number;
    }
  | { readonly kind: 'cast'; readonly layer: 'ether' | 'ip' | 'ip6'; readonly to: 'broadcast' | 'multicast' }
  /** `ip broadcast`: the part of the destination behind the netmask is all zeros or all ones. */
  | { readonly kind: 'ipBroadcast'; readonly netmask: number }
  /** A VLAN tag, of any VLAN when there is no id. */
  | { readonly kind: 'vlan'; readonly id: number | undefined }
  | { readonly kind: 'travels'; readonly direction: 'in' | 'out' }
  /** Looks past so many bytes of VLAN tags, which `vlan` has found before. */
  | { readonly kind: 'behindTags'; readonly tagBytes: number; readonly operand: FilterNode }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly left: Arithmetic; readonly right: Arithmetic }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | { readonly kind: 'and' | 'or'; readonly left: FilterNode; readonly right: FilterNode };
