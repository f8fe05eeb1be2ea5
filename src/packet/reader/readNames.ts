import { parseIpv4 } from '../../core/ipv4';
import { servicePort } from '../serviceNames';
import { asciiText, DOT, decimal, digitsEnd } from './bytesText';
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
    const side = readSide(bytes, fields.sourceStart, fields.sourceEnd, habit, isTcp, isIpv6);
    fields.sourceEnd = side.hostEnd;
    fields.sourcePort = side.port;
    fields.isSourceKnown = side.address !== undefined;
    fields.source = side.address ?? 0;
  }
  if (!fields.isDestinationKnown) {
    const side = readSide(bytes, fields.destinationStart, fields.destinationEnd, habit, isTcp, isIpv6);
    fields.destinationEnd = side.hostEnd;
    fields.destinationPort = side.port;
    fields.isDestinationKnown = side.address !== undefined;
    fields.destination = side.address ?? 0;
  }
}

interface Side {
  readonly hostEnd: number;
  /** 0 when there is none, or its name is not known. */
  readonly port: number;
  readonly address: number | undefined;
}

function readSide(
  bytes: Uint8Array,
  start: number,
  end: number,
  habit: PortHabit,
  isTcp: boolean,
  isIpv6: boolean,
): Side {
  const dot = lastDot(bytes, start, end);
  const port = dot > start && habit !== 'never' ? portAt(bytes, dot + 1, end, isTcp) : undefined;
  const hasPort = dot > start && (habit === 'always' || port !== undefined);
  const hostEnd = hasPort ? dot : end;
  const address = isIpv6 ? undefined : hostAddress(asciiText(bytes, start, hostEnd));
  return { hostEnd, port: port ?? 0, address };
}

/** The last dot from `start` on; less than `start` when there is none. */
function lastDot(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1;
  while (at >= start && bytes[at] !== DOT) at--;
  return at;
}

/** The number of a port in digits or by its service's name; undefined for any other word. */
function portAt(bytes: Uint8Array, start: number, end: number, isTcp: boolean): number | undefined {
  const isNumber = end > start && end - start <= 5 && digitsEnd(bytes, start, end) === end;
  return isNumber ? decimal(bytes, start, end) : servicePort(asciiText(bytes, start, end), isTcp ? 'tcp' : 'udp');
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
