import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeArp, encodeArp } from '../../../../src/packet/headers/arp';
import { encodeEthernet } from '../../../../src/packet/headers/ethernet';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { decodeIcmp, decodeIcmpEcho, encodeIcmp, encodeIcmpEcho } from '../../../../src/packet/headers/icmp';
import { decodeIpv4Packet, encodeIpv4Packet } from '../../../../src/packet/headers/ipv4';
import { decodeTcp, encodeTcp, transportChecksum } from '../../../../src/packet/headers/tcp';
import { decodeUdp, encodeUdp } from '../../../../src/packet/headers/udp';
import { anyIpv4, anyMac, anyPayload, anyTcpSegment, anyUint16, anyUint32 } from '../../../support/packets';

const echoType = fc.constantFrom(0 as const, 8 as const);

describe('packet headers', () => {
  it('reads back every TCP segment with a right checksum', () => {
    fc.assert(
      fc.property(anyTcpSegment, anyIpv4, anyIpv4, (segment, source, destination) => {
        const bytes = encodeTcp(segment, source, destination);
        const { headerBytes, urgentPointer, ...decoded } = decodeTcp(bytes)!;
        assert.deepEqual(decoded, segment);
        assert.equal(headerBytes + segment.payload.length, bytes.length);
        assert.equal(urgentPointer, 0);
        assert.equal(transportChecksum(bytes, source, destination, 6), 0);
      }),
    );
  });

  it('reads back every UDP datagram with a right checksum', () => {
    fc.assert(
      fc.property(anyUint16, anyUint16, anyPayload, anyIpv4, anyIpv4, (sourcePort, destinationPort, payload, a, b) => {
        const bytes = encodeUdp({ sourcePort, destinationPort, payload }, a, b);
        assert.deepEqual(decodeUdp(bytes), { sourcePort, destinationPort, payload, lengthBytes: payload.length + 8 });
        assert.equal(transportChecksum(bytes, a, b, 17), 0);
      }),
    );
  });

  it('reads back every IPv4 packet and notices a broken checksum', () => {
    fc.assert(
      fc.property(anyIpv4, anyIpv4, anyUint16, anyPayload, fc.boolean(), (source, destination, id, payload, flag) => {
        const header = { source, destination, protocol: 6, timeToLive: 64, identification: id, dontFragment: flag };
        const bytes = encodeIpv4Packet(header, payload);
        const decoded = decodeIpv4Packet(bytes)!;
        assert.deepEqual({ ...decoded, ...header }, decoded);
        assert.deepEqual(decoded.payload, payload);
        assert.equal(decoded.isChecksumRight, true);
        bytes[8] = 63;
        assert.equal(decodeIpv4Packet(bytes)!.isChecksumRight, false);
      }),
    );
  });

  it('reads back ICMP messages and echoes', () => {
    fc.assert(
      fc.property(
        echoType,
        anyUint16,
        anyUint16,
        anyPayload,
        anyUint32,
        (type, identifier, sequence, payload, rest) => {
          assert.deepEqual(decodeIcmpEcho(encodeIcmpEcho({ type, identifier, sequence, payload })), {
            type,
            identifier,
            sequence,
            payload,
          });
          const message = { type: 3, code: 1, rest, payload };
          assert.deepEqual(decodeIcmp(encodeIcmp(message)), message);
        },
      ),
    );
  });

  it('reads back ARP packets', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2),
        anyMac,
        anyIpv4,
        anyMac,
        anyIpv4,
        (operation, senderMac, senderAddress, targetMac, targetAddress) => {
          const packet = { operation, senderMac, senderAddress, targetMac, targetAddress };
          assert.deepEqual(decodeArp(encodeArp(packet)), packet);
        },
      ),
    );
  });

  it('answers with absent layers, never an exception, for a frame cut at any byte', () => {
    fc.assert(
      fc.property(anyTcpSegment, anyIpv4, anyIpv4, anyMac, anyMac, (segment, source, destination, macA, macB) => {
        const ip = { source, destination, protocol: 6, timeToLive: 64, identification: 1 };
        const packet = encodeIpv4Packet(ip, encodeTcp(segment, source, destination));
        const frame = encodeEthernet({ destination: macA, source: macB, etherType: 0x0800 }, packet);
        const headers = 34 + decodeTcp(packet.subarray(20))!.headerBytes;
        for (let length = 0; length <= frame.length; length++) {
          const decoded = decodeFrame(frame.subarray(0, length));
          assert.equal(decoded.ethernet !== undefined, length >= 14);
          assert.equal(decoded.ipv4 !== undefined, length >= 34);
          assert.equal(decoded.tcp !== undefined, length >= headers);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(0x0800, 0x0806), (bytes, etherType) => {
        bytes[12] = etherType >> 8;
        bytes[13] = etherType & 255;
        decodeFrame(bytes);
      }),
    );
  });
});
