import { decodeIpv4Packet, encodeIpv4Packet, IpProtocolNumber } from '../../../packet/headers/ipv4';
import { decodeTcp, encodeTcp } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';

/** Headers of IP and TCP without options. */
const headerBytes = 40;

/** A SYN, or SYN-ACK, whose sender will not be sent larger packets than `mtuBytes`; other packets stay as they are. */
export function clampSegmentSize(bytes: Uint8Array, mtuBytes: number): Uint8Array {
  const header = decodeIpv4Packet(bytes);
  const segment = header?.protocol === IpProtocolNumber.tcp ? decodeTcp(header.payload) : undefined;
  if (!header || !segment || !(segment.flags & TcpFlag.syn)) return bytes;
  const options = segment.options.map(option =>
    option.kind === 'maximumSegmentSize'
      ? { ...option, bytes: Math.min(option.bytes, mtuBytes - headerBytes) }
      : option,
  );
  return encodeIpv4Packet(header, encodeTcp({ ...segment, options }, header.source, header.destination));
}
