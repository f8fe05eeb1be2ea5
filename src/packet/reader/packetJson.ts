import { formatIpv4 } from '../../core/ipv4';
import { ABSENT_LENGTH, packetProtocols } from '../packetColumns';
import { type PacketFields, ProtocolIndex } from './packetFields';

/** One packet as plain values; what is not printed is null. */
export interface PacketJson {
  /** 1-based number of the line in the file. */
  readonly line: number;
  /** As printed. */
  readonly time: string | null;
  /** TCP, UDP, DNS, ICMP, ICMP6, ARP, or the word printed. */
  readonly protocol: string;
  /** The address; a host's name where the text does not tell the address. */
  readonly source: string | null;
  /** The port's number; a service's name where that is not known. */
  readonly sourcePort: number | string | null;
  readonly destination: string | null;
  readonly destinationPort: number | string | null;
  /** As printed: of TCP and UDP the payload, of ICMP the message, of DNS the number in parentheses. */
  readonly length: number | null;
  /** The rest of the line. */
  readonly info: string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function packetJson(fields: PacketFields, bytes: Uint8Array, end: number, line: number): PacketJson {
  const text = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  const host = (isKnown: boolean, address: number, from: number, to: number) =>
    isKnown ? formatIpv4(address) : from === to ? null : hostText(text(from, to), fields.family);
  const port = (number: number, from: number, to: number) =>
    number || (from >= to ? null : portText(text(from + 1, to)));
  return {
    line,
    time: fields.hasTime ? text(fields.timeStart, fields.timeEnd) : null,
    protocol:
      fields.protocol === ProtocolIndex.other
        ? text(fields.wordStart, fields.wordEnd)
        : (packetProtocols[fields.protocol] as string),
    source: host(fields.isSourceKnown, fields.source, fields.sourceStart, fields.sourceEnd),
    sourcePort: port(fields.sourcePort, fields.sourceEnd, fields.sourcePortEnd),
    destination: host(fields.isDestinationKnown, fields.destination, fields.destinationStart, fields.destinationEnd),
    destinationPort: port(fields.destinationPort, fields.destinationEnd, fields.destinationPortEnd),
    length: fields.length === ABSENT_LENGTH ? null : fields.length,
    info: text(fields.infoStart, end),
  };
}

/** Names of the loopback address (RFC 6761 §6.3; the second is Debian's in /etc/hosts). Other names say no address. */
const hostText = (host: string, family: number) => (family === 6 && /^(?:ip6-)?localhost$/.test(host) ? '::1' : host);

/** Port 0 is a number like the others; a name that is not known stays a name. */
const portText = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
