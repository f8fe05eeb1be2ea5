import { ipv4 } from '../../../core/ipv4';
import { ICMP, TCP, UDP } from '../../../core/rules/flow';
import { readUint16, writeUint16, writeUint32 } from '../../../packet/headers/bytes';
import { finishChecksum, sumWords } from '../../../packet/headers/checksum';
import { IcmpType } from '../../../packet/headers/icmp';
import { IPV4_HEADER_BYTES } from '../../../packet/headers/ipv4';

/** One end of a packet after translation. */
export interface TranslatedEnd {
  readonly address: string;
  /** An ICMP echo's identifier stands in for it; undefined leaves it as it is. */
  readonly port?: number | undefined;
}

/** What is replaced in a packet; an end that is left out stays. */
export interface Translation {
  readonly source?: TranslatedEnd;
  readonly destination?: TranslatedEnd;
}

const addressOffset = { source: 12, destination: 16 } as const;
const portOffset = { source: 0, destination: 2 } as const;
const identifierOffset = 4;

/**
 * A copy of an IPv4 packet with its ends replaced, with every checksum made right and with one hop less to live. The packet that an ICMP
 * error quotes is translated as well (RFC 5508 §4.2).
 */
export function translate(packet: Uint8Array, translation: Translation): Uint8Array {
  const copy = packet.slice();
  replaceEnds(copy, translation);
  copy[8] = Math.max(1, (copy[8] as number) - 1);
  writeUint16(copy, 10, 0);
  writeUint16(copy, 10, finishChecksum(sumWords(copy.subarray(0, IPV4_HEADER_BYTES))));
  return copy;
}

function replaceEnds(packet: Uint8Array, { source, destination }: Translation): void {
  if (source) replaceAddress(packet, 'source', source.address);
  if (destination) replaceAddress(packet, 'destination', destination.address);
  const protocol = packet[9];
  const content = packet.subarray(IPV4_HEADER_BYTES);
  if (protocol === ICMP) replaceInMessage(content, { ...(source && { source }), ...(destination && { destination }) });
  if (protocol !== TCP && protocol !== UDP) return;
  if (source?.port !== undefined) replacePort(content, portOffset.source, source.port, protocol);
  if (destination?.port !== undefined) replacePort(content, portOffset.destination, destination.port, protocol);
}

function replaceAddress(packet: Uint8Array, side: 'source' | 'destination', address: string): void {
  const offset = addressOffset[side];
  const before = packet.slice(offset, offset + 4);
  writeUint32(packet, offset, ipv4(address));
  const after = packet.slice(offset, offset + 4);
  adjust(packet, 10, before, after);
  adjustTransport(packet.subarray(IPV4_HEADER_BYTES), packet[9] as number, before, after);
}

function replacePort(content: Uint8Array, offset: number, port: number, protocol: number): void {
  if (content.length < offset + 2) return;
  const before = content.slice(offset, offset + 2);
  writeUint16(content, offset, port);
  adjustTransport(content, protocol, before, content.slice(offset, offset + 2));
}

function adjustTransport(content: Uint8Array, protocol: number, before: Uint8Array, after: Uint8Array): void {
  if (protocol === TCP) adjust(content, 16, before, after);
  else if (protocol === UDP) adjust(content, 6, before, after, 0xffff);
}

/** An echo carries its identifier, an error the packet that went the other way. */
function replaceInMessage(message: Uint8Array, { source, destination }: Translation): void {
  const quoted = message.subarray(8);
  if (message[0] === IcmpType.unreachable) {
    if (quoted.length < IPV4_HEADER_BYTES) return;
    replaceEnds(quoted, { ...(destination && { source: destination }), ...(source && { destination: source }) });
  } else {
    const identifier = source?.port ?? destination?.port;
    if (identifier === undefined || message.length < 8) return;
    writeUint16(message, identifierOffset, identifier);
  }
  writeUint16(message, 2, 0);
  writeUint16(message, 2, finishChecksum(sumWords(message)));
}

/** RFC 1624: the checksum after some of the summed words changed. `forZero` is what a sum of zero is written as (RFC 768). */
function adjust(bytes: Uint8Array, offset: number, before: Uint8Array, after: Uint8Array, forZero = 0): void {
  if (bytes.length < offset + 2) return;
  let sum = ~readUint16(bytes, offset) & 0xffff;
  for (let index = 0; index < before.length; index += 2) {
    sum += (~readUint16(before, index) & 0xffff) + readUint16(after, index);
  }
  writeUint16(bytes, offset, finishChecksum(sum) || forZero);
}
