import { type DnsMessage, decodeDns } from '../../src/packet/headers/dns';
import { EtherType, encodeEthernet } from '../../src/packet/headers/ethernet';
import { encodeIpv4Packet, IpProtocolNumber } from '../../src/packet/headers/ipv4';
import { encodeTcp } from '../../src/packet/headers/tcp';
import { TcpFlag } from '../../src/packet/packetColumns';

const source = '172.31.37.141';
const destination = '172.31.36.107';

/** A SYN from the bench's guest to a neighbour. */
export function tcpFrame(
  options: { destinationPort?: number; flags?: number; sequence?: number; acknowledgment?: number } = {},
): Uint8Array {
  const segment = encodeTcp(
    {
      sourcePort: 38_482,
      destinationPort: options.destinationPort ?? 443,
      sequence: options.sequence ?? 2_863_311_530,
      acknowledgment: options.acknowledgment ?? 0,
      flags: options.flags ?? TcpFlag.syn,
      window: 62_727,
      options: [],
      payload: new Uint8Array(0),
    },
    source,
    destination,
  );
  const packet = encodeIpv4Packet(
    { source, destination, protocol: IpProtocolNumber.tcp, timeToLive: 64, identification: 1 },
    segment,
  );
  return encodeEthernet(
    { destination: '02:00:00:00:00:01', source: '02:0a:0b:0c:0d:0e', etherType: EtherType.ipv4 },
    packet,
  );
}

/** The one question of a query that a guest sent. */
export function readQuestion(payload: Uint8Array): {
  readonly message: DnsMessage;
  readonly name: string;
  readonly type: number;
} {
  const message = decodeDns(payload);
  const question = message?.questions[0];
  if (!message || !question) throw new Error('This is no DNS query');
  return { message, name: question.name, type: question.type };
}
