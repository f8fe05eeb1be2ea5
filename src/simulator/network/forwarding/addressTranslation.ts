import { ipv4 } from '../../../core/ipv4';
import { ICMP, TCP, UDP } from '../../../core/rules/flow';
import { readUint16, writeUint16, writeUint32 } from '../../../packet/headers/bytes';
import { finishChecksum, sumWords } from '../../../packet/headers/checksum';
import { IcmpType } from '../../../packet/headers/icmp';
import { IPV4_HEADER_BYTES } from '../../../packet/headers/ipv4';

const offsetOf = { source: 12, destination: 16 } as const;

/**
 * A copy of an IPv4 packet with one address replaced, as an internet gateway does one to one, with every checksum made right and with one
 * hop less to live. The packet that an ICMP error quotes is translated as well (RFC 5508 §4.2).
 */
export function translate(packet: Uint8Array, side: 'source' | 'destination', address: string): Uint8Array {
  const copy = packet.slice();
  replaceAddress(copy, side, address);
  copy[8] = Math.max(1, (copy[8] as number) - 1);
  writeUint16(copy, 10, 0);
  writeUint16(copy, 10, finishChecksum(sumWords(copy.subarray(0, IPV4_HEADER_BYTES))));
  return copy;
}

function replaceAddress(packet: Uint8Array, side: 'source' | 'destination', address: string): void {
  const offset = offsetOf[side];
  const before = packet.slice(offset, offset + 4);
  writeUint32(packet, offset, ipv4(address));
  const after = packet.slice(offset, offset + 4);
  adjust(packet, 10, before, after);
  const protocol = packet[9];
  const content = packet.subarray(IPV4_HEADER_BYTES);
  if (protocol === TCP) adjust(content, 16, before, after);
  else if (protocol === UDP) adjust(content, 6, before, after, 0xffff);
  else if (protocol === ICMP && content[0] === IcmpType.unreachable) translateQuoted(content, side, address);
}

function translateQuoted(message: Uint8Array, side: 'source' | 'destination', address: string): void {
  const quoted = message.subarray(8);
  if (quoted.length >= IPV4_HEADER_BYTES) replaceAddress(quoted, side === 'source' ? 'destination' : 'source', address);
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
