import type { Dissection } from './dissection';

/** What was wrong, by code of "destination unreachable"; `$` stands for the destination asked for. */
const unreachable = [
  'net $ unreachable',
  'host $ unreachable',
  undefined,
  undefined,
  undefined,
  '$ unreachable - source route failed',
  'net $ unreachable - unknown',
  'host $ unreachable - unknown',
  '$ unreachable - source host isolated',
  'net $ unreachable - admin prohibited',
  'host $ unreachable - admin prohibited',
  'net $ unreachable - tos prohibited',
  'host $ unreachable - tos prohibited',
  'host $ unreachable - admin prohibited filter',
  'host $ unreachable - host precedence violation',
  'host $ unreachable - precedence cutoff',
];

const redirects = ['redirect $ to net', 'redirect $ to host', 'redirect-tos $ to net', 'redirect-tos $ to host'];

const simpleTypes: Readonly<Record<number, string>> = {
  4: 'source quench',
  10: 'router solicitation',
  15: 'information request',
  16: 'information reply',
  17: 'address mask request',
};

/** tcpdump's text for the message of `length` bytes at `offset`, after the addresses (the-tcpdump-group/tcpdump:print-icmp.c). */
export function printIcmp(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'icmp';
  const type = packet.uint8(offset);
  const code = packet.uint8(offset + 1);
  packet.print(`ICMP ${describe(packet, offset, type, code)}, length ${length}`);
}

function describe(packet: Dissection, offset: number, type: number, code: number): string {
  switch (type) {
    case 0:
    case 8:
      return `echo ${type === 8 ? 'request' : 'reply'}, id ${packet.uint16(offset + 4)}, seq ${packet.uint16(offset + 6)}`;
    case 3:
      return describeUnreachable(packet, offset, code);
    case 5: {
      const destination = packet.host(offset + 8 + 16);
      const gateway = packet.host(offset + 4);
      const text = redirects[code]?.replace('$', destination) ?? `redirect-#${code} ${destination} to`;
      return `${text} ${gateway}`;
    }
    case 11:
      packet.need(offset + 8, 20);
      return ['time exceeded in-transit', 'ip reassembly time exceeded'][code] ?? `time exceeded-#${code}`;
    case 12:
      return code ? `parameter problem - code ${code}` : `parameter problem - octet ${packet.uint8(offset + 4)}`;
    default:
      return simpleTypes[type] ?? `type-#${type}`;
  }
}

/** The quoted packet (RFC 792) tells which destination, protocol and port could not be reached. */
function describeUnreachable(packet: Dissection, offset: number, code: number): string {
  const inner = offset + 8;
  const destination = packet.host(inner + 16);
  switch (code) {
    case 2:
      return `${destination} protocol ${packet.uint8(inner + 9)} unreachable`;
    case 3:
      return describePort(packet, inner, destination);
    case 4: {
      const nextMtu = packet.uint16(offset + 6);
      return `${destination} unreachable - need to frag${nextMtu ? ` (mtu ${nextMtu})` : ''}`;
    }
    default:
      return unreachable[code]?.replace('$', destination) ?? `${destination} unreachable - #${code}`;
  }
}

function describePort(packet: Dissection, inner: number, destination: string): string {
  const protocol = packet.uint8(inner + 9);
  const port = packet.uint16(inner + (packet.uint8(inner) & 15) * 4 + 2);
  if (protocol === 6) return `${destination} tcp port ${packet.port(port, 'tcp')} unreachable`;
  if (protocol === 17) return `${destination} udp port ${packet.port(port, 'udp')} unreachable`;
  return `${destination} protocol ${protocol} port ${port} unreachable`;
}
