import { concatBytes, readUint32, writeUint16, writeUint32 } from './bytes';
import type { IcmpMessage } from './icmp';
import { IpProtocolNumber } from './ipv4';
import { transportChecksum } from './tcp';

/** RFC 4443 §3 and §4, RFC 4861 §4, RFC 3810 §5.2. */
export const Icmp6Type = {
  unreachable: 1,
  packetTooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echoRequest: 128,
  echoReply: 129,
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighborSolicitation: 135,
  neighborAdvertisement: 136,
  redirect: 137,
  multicastListenerReport2: 143,
} as const;

/** Codes of "destination unreachable" (RFC 4443 §3.1). */
export const Unreachable6Code = { noRoute: 0, prohibited: 1, beyondScope: 2, address: 3, port: 4 } as const;

export const ICMP6_HEADER_BYTES = 8;

/** A message with the right checksum for the two addresses. Throws a RangeError for addresses of another form. */
export function encodeIcmp6(message: IcmpMessage, source: string, destination: string): Uint8Array {
  const header = new Uint8Array(ICMP6_HEADER_BYTES);
  header[0] = message.type;
  header[1] = message.code;
  writeUint32(header, 4, message.rest);
  const bytes = concatBytes(header, message.payload);
  writeUint16(bytes, 2, transportChecksum(bytes, source, destination, IpProtocolNumber.icmp6));
  return bytes;
}

/** Undefined when the header is cut. */
export function decodeIcmp6(bytes: Uint8Array): IcmpMessage | undefined {
  if (bytes.length < ICMP6_HEADER_BYTES) return undefined;
  return {
    type: bytes[0] as number,
    code: bytes[1] as number,
    rest: readUint32(bytes, 4),
    payload: bytes.subarray(ICMP6_HEADER_BYTES),
  };
}
