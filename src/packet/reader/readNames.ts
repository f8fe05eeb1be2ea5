import { parseIpv4 } from '../../core/ipv4';
import { servicePort } from '../serviceNames';
import { asciiText, DOT } from './bytesText';
import type { PacketFields } from './packetFields';

/** Whether the last label of a host is a port: always, when it looks like one, or never (the protocol has none). */
export type PortHabit = 'always' | 'ifKnown' | 'never';

/** Reads hosts and ports that are not plain digits: `ip-172-31-37-141.ap-south-1.compute.internal.https`, `::1.443`. */
export function readNames(
  bytes: Uint8Array,
  fields: PacketFields,
  habit: PortHabit,
  isTcp: boolean,
  isIpv6: boolean,
): void {
  if (!fields.isSourceKnown) {
    const side = readSide(asciiText(bytes, fields.sourceStart, fields.sourceEnd), habit, isTcp, isIpv6);
    fields.sourceEnd = fields.sourceStart + side.host.length;
    fields.sourcePort = side.port;
    fields.isSourceKnown = side.address !== undefined;
    fields.source = side.address ?? 0;
  }
  if (!fields.isDestinationKnown) {
    const side = readSide(asciiText(bytes, fields.destinationStart, fields.destinationEnd), habit, isTcp, isIpv6);
    fields.destinationEnd = fields.destinationStart + side.host.length;
    fields.destinationPort = side.port;
    fields.isDestinationKnown = side.address !== undefined;
    fields.destination = side.address ?? 0;
  }
}

interface Side {
  readonly host: string;
  /** 0 when there is none, or its name is not known. */
  readonly port: number;
  readonly address: number | undefined;
}

function readSide(text: string, habit: PortHabit, isTcp: boolean, isIpv6: boolean): Side {
  const dot = text.lastIndexOf(String.fromCharCode(DOT));
  const label = text.slice(dot + 1);
  const port = /^\d{1,5}$/.test(label) ? Number(label) : servicePort(label, isTcp ? 'tcp' : 'udp');
  const hasPort = dot > 0 && (habit === 'always' || (habit === 'ifKnown' && port !== undefined));
  const host = hasPort ? text.slice(0, dot) : text;
  return { host, port: hasPort ? (port ?? 0) : 0, address: isIpv6 ? undefined : hostAddress(host) };
}

/**
 * The IPv4 address that a host's text spells: digits; `localhost` (RFC 6761 §6.3); the names of EC2 ("Amazon VPC User Guide: DNS
 * hostnames"), `ip-10-0-1-5.…` and `ec2-3-110-5-6.…`. Other names are somebody's choice: undefined.
 */
export function hostAddress(host: string): number | undefined {
  if (host === 'localhost') return 0x7f00_0001;
  const [, digits] =
    /^(?:ip|ec2)-(\d+-\d+-\d+-\d+)(?:\.[a-z0-9.-]+\.(?:internal|amazonaws\.com(?:\.cn)?)|\.ec2\.internal)?$/.exec(
      host,
    ) ?? [];
  return parseIpv4(digits === undefined ? host : digits.replaceAll('-', '.'));
}
