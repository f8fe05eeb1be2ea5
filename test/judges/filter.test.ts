import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FilterError } from '../../src/packet/filter/filterError';
import type { FilterLinkType } from '../../src/packet/filter/filterSyntax';
import { matchesFilter } from '../../src/packet/filter/matchesFilter';
import { parseFilter } from '../../src/packet/filter/parseFilter';
import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../src/packet/headers/cookedFrame';
import { LINK_TYPE_ETHERNET, writePcap } from '../../src/packet/pcap';
import { type CaptureFailure, statusOf } from '../../src/packet/reader/statusLine';
import { anyFilter } from '../support/anyFilter';
import { frameCorpus } from '../support/frameCorpus';
import { runTool } from '../support/runTool';

const accepted = `
tcp
udp
icmp
arp
ip
ip6
not arp
port 443
tcp port 443
udp port 53
dst port 443
src port 443
src port 443 and dst port 38482
src or dst port 80
src and dst port 443
port 80 or 443
port 80 or 443 and host 172.31.37.141 or 172.31.0.2
not port 443
!port 443
! tcp port 443
port 443 && host 172.31.36.107
port 53 || port 80
host 172.31.36.107
src host 172.31.36.107
dst host 172.31.36.107 and tcp
src 172.31.37.141
src or dst 172.31.36.107
src and dst host 172.31.36.107
ip host 172.31.32.1
arp host 172.31.32.1
net 172.31
net 172.31.36.0/24
net 172.31.0.0/16 and not net 172.31.36.0/22
net 172.31.36.0 mask 255.255.255.0
src net 172.31.37.0/24 and dst net 172.31.36.0/24
host 172.31
net 172
host 0
dst host 172.31.36.107 and (dst port 443 or 80)
tcp portrange 1-1024
portrange 50000-50005
portrange 50005-50000
portrange 443
port https
port domain
tcp port http
udp port domain
proto 1
ip proto 6
ip proto \\icmp
ip proto \\udp
ether proto 0x806
ether proto \\arp
ether host 0a:11:22:33:44:55
ether src 0a:66:77:88:99:aa
ether broadcast
multicast
ether multicast
ip multicast
less 60
greater 100
len > 100
len <= 60
tcp[tcpflags] & (tcp-syn|tcp-ack) != 0
tcp[tcpflags] & (tcp-syn|tcp-ack) == (tcp-syn|tcp-ack)
tcp[tcpflags] == tcp-syn
tcp[tcpflags] & tcp-rst != 0
tcp[13] & 2 != 0
tcp[13] = 2
tcp[tcpflags] & (tcp-rst|tcp-fin|tcp-push|tcp-urg|tcp-ece|tcp-cwr) != 0
not tcp[tcpflags] & tcp-ack != 0
ip[2:2] > 100
ip[0] & 0xf != 5
ip[8] < 65
ip[6:2] & 0x1fff != 0
icmp[icmptype] = icmp-echo
icmp[icmptype] == icmp-echoreply or icmp[0] = icmp-unreach
icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 3
tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420
tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)
(tcp[12]>>2) > 5
tcp[0:2] & 0xff = 80 + 1
udp[8:2] = 11672
not udp[100] = 1
arp[6:2] = 1
ether[0] & 1 = 1
ether[12:2] = 0x0806
icmp or arp
tcp or udp port 53
udp port 53 or icmp
(tcp or udp) and not port 53
((((port 443))))
port (80 or 443)
host (172.31.36.107 or 172.31.0.2)
host 172.31.36.107 and not (port 80 or port 443)
port 443 and not host 172.31.0.2 and len > 66
dst 172.31.0.2 or 172.31.36.107
tcp and not tcp port 80 or 443
ip and not (tcp or udp or icmp)
10 > 5
len - 14 > 40 * 2
tcp[2:2] / 10 = 44
tcp[2:2] % 10 = 3
igmp
esp
ah
pim
sctp
icmp6
port 0x1bb
port 0673
vlan
vlan 5
vlan 100 and vlan 7
vlan and arp
port 443 or vlan and port 443
not vlan 5
ip6 host 2600:1f18:41c2:5500::a
net 2600:1f18::/32
src net fe80::/10 and icmp6
ip6 multicast
icmp6[icmp6type] = icmp6-neighborsolicit
ip6[6] = 58
ip6 proto 17
ip6 and udp port 53
host fe80::8:41ff:fe9d:1 or 172.31.36.107
ip broadcast
portrange ssh-https
ether proto 5
igrp or carp
port 80 or (host 172.31.36.107) or 443
host 172.31.36.107 or (port 80) or 172.31.0.2
1 = 1
tcp[13] * 0 = 0
src port 1 and len > 5 and src port 2
`
  .split('\n')
  .filter(Boolean);

const refused = `
tcp port foo
port 99999
port 65536
portrange 10-99999
host 300.1.1.1
net 10.0.0.1/24
net 10.0.0.0/33
net 10.0.0.1 mask 255.0.0.0
host 10.0.0.0/8
10.0.0.1
10.0.0.0/8
tcp host
tcp host 10.0.0.1
udp host 10.0.0.1
tcp src 10.0.0.1
udp net 10
host 10.0.0.1 port 80
host
and
port
(port 80
port 80)
ip[2:3] > 100
greater
foo
http
ip proto tcp
ether 02:00:00:00:00:01
not
port 22 & host 10.0.0.1
port 22 ; ls
port 22 'x'
port $x
icmp port 80
port 080
1
port -1
tcp[tcpflags] & tcp-syn
port 443 or port 80 or
net 10.0.0.0/8 and port 80-90
ip proto foo
ip and ip6
tcp and udp
arp and port 80
host 10.0.0.1 10.0.0.2
tcp dst 443
dst tcp port 443
tcp and
port 80 # x
tcp[0] = 1 / 0
udp port ssh
port 443 or
()
inbound
gateway x
gateway 10.0.0.1
vlan 5000
tcp broadcast
arp multicast
ifname eth0
rset x
on eth0
dir 0
ether
ether and tcp
(ether)
ether net 10
ether net 172.31.0.0/16
ether net fe80::/10
ether host foo
tcp and 443
tcp and ::1
(port 80) or 443
not (host 10.0.0.1) and 443
port 10.0.0.1
portrange 1.2
ip proto 10.0.0.1
port ::1
net ::1/64
net fe80::/129
host fe80::/10
udp net fe80::/10
ip host ::1
ip6 host 10.0.0.1
ip6 net 10
arp proto 6
udp proto 6
udp proto \\foo
ip6 proto \\icmp6
ether proto foo
portrange a-b
portrange https
tcp portrange bootps-tftp
sctp port ssh
src port 80 and src port 443
src host 10.0.0.1 and src host 10.0.0.2
ip[8] = 1 and ip[8] = 2
1 = 2
not 1 = 1
tcp[0] << 32 = 1
ip[2] / tcp[0] = 1
tcp and (icmp or arp)
not ip and tcp port 80 and not ip6
`
  .split('\n')
  .filter(Boolean);

const frames = frameCorpus();
const pcap = writePcap(frames.map((bytes, index) => ({ timeMicros: 1_700_000_000_000_000 + index, bytes })));

/** Numbers of the frames that real tcpdump lets through. */
function judged(filter: string): number[] {
  const { stdout, stderr, status } = runTool('tcpdump', ['-nn', '-tt', '-r', '-', filter], pcap);
  assert.equal(status, 0, stderr);
  return stdout
    .split('\n')
    .filter(line => line.startsWith('1700000000.'))
    .map(line => Number(line.slice(11, 17)));
}

/** Real tcpdump's verdict on each frame, or its complaint. */
function verdict(filter: string, file: Uint8Array): readonly number[] | string {
  const { stdout, stderr } = runTool('tcpdump', ['-nn', '-tt', '-#', '-r', '-', '--', filter], file);
  return (
    /^tcpdump: (.*)$/m.exec(stderr)?.[1] ??
    Array.from(stdout.matchAll(/^ *\d+ {2}1700000000\.(\d{6}) /gm), match => Number(match[1]))
  );
}

function ourVerdict(filter: string, seen: readonly Uint8Array[], linkType: FilterLinkType): readonly number[] | string {
  try {
    const parsed = parseFilter(filter, { isFile: true, linkType });
    return seen.flatMap((bytes, index) => (matchesFilter(parsed, bytes) ? [index] : []));
  } catch (error) {
    if (error instanceof FilterError) return error.message;
    throw error;
  }
}

/** What a capture takes the line for. */
function failureOf(line: string): CaptureFailure | undefined {
  const event = statusOf(line);
  return event?.kind === 'failure' ? event.failure : undefined;
}

const SAMPLES = 150;

/** Corpus frames, and the same with an octet of each changed. */
const manyFrames = [
  ...frames,
  ...frames.map((frame, index) => frame.with((index * 7919) % frame.length, (index * 31) % 256)),
];

const cookedFrames = manyFrames.map((frame, index) =>
  cookedBytes(frame, { interfaceName: 'lo', interfaceIndex: 1, direction: index % 2 ? 'in' : 'out' }),
);

function compareMany(seen: readonly Uint8Array[], linkType: FilterLinkType, seed: number): void {
  const records = seen.map((bytes, index) => ({ timeMicros: 1_700_000_000_000_000 + index, bytes }));
  const file = writePcap(records, { linkType: linkType === 'cooked' ? LINK_TYPE_LINUX_SLL2 : LINK_TYPE_ETHERNET });
  for (const filter of fc.sample(anyFilter, { numRuns: SAMPLES, seed })) {
    assert.deepEqual(ourVerdict(filter, seen, linkType), verdict(filter, file), filter);
  }
}

describe('the filter language against tcpdump', () => {
  it('lets the same packets through', () => {
    for (const filter of accepted) {
      const parsed = parseFilter(filter, { isFile: true });
      const ours = frames.flatMap((bytes, index) => (matchesFilter(parsed, bytes) ? [index] : []));
      assert.deepEqual(ours, judged(filter), filter);
    }
  }).timeout(60_000);

  it('judges arbitrary expressions alike on Ethernet, right and wrong ones', () => {
    compareMany(manyFrames, 'ethernet', 20_261_130);
  }).timeout(120_000);

  it('judges arbitrary expressions alike on any interface', () => {
    compareMany(cookedFrames, 'cooked', 7);
  }).timeout(120_000);

  it('refuses what tcpdump refuses, in the same words', () => {
    for (const filter of refused) {
      const { stderr } = runTool('tcpdump', ['-r', '-', filter], pcap);
      const said = /^tcpdump: (.*)$/m.exec(stderr)?.[1];
      assert.throws(
        () => parseFilter(filter, { isFile: true }),
        (error: unknown) => error instanceof FilterError && error.message === said,
        `${filter}: ${said}`,
      );
      assert.equal(failureOf(`tcpdump: ${said}`), 'filterInvalid', said);
    }
  }).timeout(60_000);
});
