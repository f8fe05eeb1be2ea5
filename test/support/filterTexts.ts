import fc from 'fast-check';

const words =
  'and or not ( ) host net port portrange src dst tcp udp icmp icmp6 ip ip6 arp vlan ether proto broadcast multicast less greater mask 443 ' +
  '10.0.0.1 10.0.0.0/8 10.0 web.example ::1 fe80:: 1:2:3:4:5:6 [ ] tcpflags & = != < 13 0x7 99999 mpls geneve wlan type \\tcp 80-90 -';

/** Words of the filter language in any order: some are filters, most are nearly. */
export const filterText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...words.split(' ')), { maxLength: 12 })
  .map(parts => parts.join(' '));
