import { ABSENT_LENGTH } from '../packetColumns';
import { asciiText } from './bytesText';
import { type PacketFields, ProtocolIndex } from './packetFields';
import { hostAddress } from './readNames';

const REQUEST = /^Request who-has (\S+)(?: \([^)]*\)(?: \(oui [^)]*\))?\)?)? tell (\S+), length (\d+)$/;
const REPLY = /^Reply (\S+) is-at \S+(?: \(oui [^)]*\))?, length (\d+)$/;
/** What `-v` puts in front: `Ethernet (len 6), IPv4 (len 4), `. */
const SIZES = /^Ethernet \(len \d+\), \w+ \(len \d+\), /;
const SIZES_BYTES = 60;
const LENGTH = /, length (\d+)$/;

/** Reads what stands behind `ARP, `: who asks for whom. ARP is rare, so this may use text. */
export function readArp(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  fields.protocol = ProtocolIndex.arp;
  fields.infoStart = start;
  const at = start + (SIZES.exec(asciiText(bytes, start, Math.min(end, start + SIZES_BYTES)))?.[0].length ?? 0);
  const text = asciiText(bytes, at, end);
  const [, target, sender] = REQUEST.exec(text) ?? [];
  const [, owner] = REPLY.exec(text) ?? [];
  const length = LENGTH.exec(text)?.[1];
  fields.length = length === undefined ? ABSENT_LENGTH : Number(length);
  const source = sender ?? owner;
  if (source !== undefined) setSource(fields, at + (sender ? text.indexOf(' tell ') + 6 : 'Reply '.length), source);
  if (target !== undefined) setDestination(fields, at + 'Request who-has '.length, target);
  if (fields.isSourceKnown && fields.isDestinationKnown) fields.family = 4;
  return true;
}

function setSource(fields: PacketFields, start: number, host: string): void {
  const address = hostAddress(host);
  fields.sourceStart = start;
  fields.sourceEnd = start + host.length;
  fields.sourcePortEnd = fields.sourceEnd;
  fields.isSourceKnown = address !== undefined;
  fields.source = address ?? 0;
}

function setDestination(fields: PacketFields, start: number, host: string): void {
  const address = hostAddress(host);
  fields.destinationStart = start;
  fields.destinationEnd = start + host.length;
  fields.destinationPortEnd = fields.destinationEnd;
  fields.isDestinationKnown = address !== undefined;
  fields.destination = address ?? 0;
}
