import { concatBytes, readUint16, writeUint16 } from './bytes';
import { IpProtocolNumber } from './ipv4';
import { transportChecksum } from './tcp';

export const UDP_HEADER_BYTES = 8;

/** RFC 768. */
export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

export interface DecodedUdpHeader extends UdpHeader {
  /** As the header claims, itself included; the capture may hold less. */
  readonly lengthBytes: number;
}

/** A datagram with the right checksum for the two addresses; a sum of zero is sent as its complement. */
export function encodeUdp(datagram: UdpHeader, source: string, destination: string): Uint8Array {
  const header = new Uint8Array(UDP_HEADER_BYTES);
  writeUint16(header, 0, datagram.sourcePort);
  writeUint16(header, 2, datagram.destinationPort);
  writeUint16(header, 4, UDP_HEADER_BYTES + datagram.payload.length);
  const bytes = concatBytes(header, datagram.payload);
  writeUint16(bytes, 6, transportChecksum(bytes, source, destination, IpProtocolNumber.udp) || 0xffff);
  return bytes;
}

/** Undefined when the header is cut or claims a length below its own. */
export function decodeUdp(bytes: Uint8Array): DecodedUdpHeader | undefined {
  if (bytes.length < UDP_HEADER_BYTES) return undefined;
  const lengthBytes = readUint16(bytes, 4);
  if (lengthBytes < UDP_HEADER_BYTES) return undefined;
  return {
    sourcePort: readUint16(bytes, 0),
    destinationPort: readUint16(bytes, 2),
    lengthBytes,
    payload: bytes.subarray(UDP_HEADER_BYTES, Math.min(lengthBytes, bytes.length)),
  };
}
