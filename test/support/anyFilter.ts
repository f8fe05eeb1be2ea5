/** Arbitrary expressions of tcpdump's filter language, most of them right, some wrong. */
import fc from 'fast-check';

const words = (text: string) => fc.constantFrom(...text.split('|'));
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(texts => texts.join(''));

const direction = words('||src |dst |src or dst |src and dst |dst or src ');
const protocol = words('|||tcp |udp |ip |ip6 |arp |icmp |ether |sctp ');
const host = words(
  '172.31.36.107|172.31.37.141|172.31.0.2|10.0.0.1|172.31|2600:1f18:41c2:5500::a|fe80::8:41ff:fe9d:1|ff02::1|300.1.1.1',
);
const net = words(
  '172.31|172.31.36.0/24|172.31.0.0/16|10|172.31.36.0 mask 255.255.255.0|2600::/16|fe80::/10|10.0.0.1/8',
);
const port = words('443|80|53|22|https|domain|38482|5000|0x1bb|70000|foo|ssh');
const range = words('1-1024|443|50-60|5000-6000|ssh-https|6000-5000|domain');
const mac = words('0a:11:22:33:44:55|0a:66:77:88:99:aa|ff:ff:ff:ff:ff:ff');
const protocolNumber = words('6|17|1|58|\\tcp|\\udp|\\icmp|0x800|0x86dd|44|0|5');
const number = words('0|1|2|13|0x10|6|17|58|100|255|0xffff|tcp-syn|(1)');
const comparison = words('=|==|!=|>|<|>=|<=');

const operator = fc.constantFrom(' & ', ' + ', ' - ', ' | ', ' >> ', ' << ', ' * ', ' / ', ' % ', ' ^ ');
const joint = fc.constantFrom(' and ', ' or ', ' && ', ' || ');

const bytes = words(
  'tcp[13]|tcp[tcpflags]|tcp[0:2]|tcp[2:2]|tcp[12]|tcp[4:4]|tcp[(tcp[12] & 0xf0) >> 2]|ip[0]|ip[2:2]|ip[6:2]|ip[8]|ip[9]|ip[12:4]|udp[0:2]|' +
    'udp[4:2]|udp[8:2]|icmp[icmptype]|icmp[icmpcode]|icmp[4:2]|ip6[6]|ip6[4:2]|ip6[40]|ip6[8:4]|icmp6[icmp6type]|icmp6[0]|ether[0]|ether[12:2]|' +
    'ether[6:4]|arp[6:2]|arp[14:4]|len',
);

const sum: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: bytes },
  { weight: 2, arbitrary: number },
  { weight: 4, arbitrary: joined(bytes, operator, number) },
  { weight: 1, arbitrary: joined(fc.constant('('), bytes, words(' & | + | >> '), number, fc.constant(')')) },
);

const condition = fc.oneof(
  joined(protocol, direction, fc.constant('host '), host),
  joined(direction, host),
  joined(protocol, direction, fc.constant('port '), port),
  joined(protocol, direction, fc.constant('port '), port),
  joined(protocol, direction, fc.constant('portrange '), range),
  joined(protocol, direction, fc.constant('net '), net),
  words('tcp|udp|icmp|arp|ip|ip6|icmp6|rarp|igmp|sctp|esp|ah|pim|vrrp|igrp|carp|ether'),
  words('tcp|udp|icmp|ip|ip6'),
  words(
    'broadcast|multicast|ip multicast|ip6 multicast|ether broadcast|ip broadcast|inbound|outbound|less 60|greater 100',
  ),
  joined(words('ip |ip6 ||ether |tcp |arp '), fc.constant('proto '), protocolNumber),
  joined(fc.constant('ether '), direction, words('host |'), mac),
  joined(sum, fc.constant(' '), comparison, fc.constant(' '), sum),
  joined(bytes, fc.constant(' & '), number, words(' = | != '), number),
  words('vlan|vlan 5|vlan 7|vlan 100|vlan 5000'),
);

/** Up to a handful of conditions. */
export const anyFilter: fc.Arbitrary<string> = fc.letrec<{ filter: string }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    joined(tie('filter'), joint, tie('filter')),
    joined(words('not |!|! '), tie('filter')),
    joined(fc.constant('('), tie('filter'), fc.constant(')')),
    joined(tie('filter'), words(' and | or '), fc.oneof(host, port, joined(fc.constant('not '), port))),
  ),
})).filter;
