import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeEthernet, encodeEthernet } from '../../../../src/packet/headers/ethernet';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { decodeIcmp6, encodeIcmp6 } from '../../../../src/packet/headers/icmp6';
import { decodeIpv6Packet, encodeIpv6Packet } from '../../../../src/packet/headers/ipv6';
import {
  fragmentExtension,
  hopByHopExtension,
  walkIpv6Extensions,
} from '../../../../src/packet/headers/ipv6Extensions';
import {
  type NeighborMessage,
  neighborMessage,
  readNeighborMessage,
} from '../../../../src/packet/headers/neighborDiscovery';
import { encodeTcp, transportChecksum } from '../../../../src/packet/headers/tcp';
import { encodeUdp } from '../../../../src/packet/headers/udp';
import { anyIpv6, anyMac, anyPayload, anyTcpSegment, anyUint16, anyUint32 } from '../../../support/packets';

const anyFragment = fc.record(
  { offsetBytes: fc.nat(8191).map(units => units * 8), moreFragments: fc.boolean(), identification: anyUint32 },
  { noNullPrototype: true },
);

const anyOptions = fc.array(
  fc.oneof(
    anyMac.map(mac => ({ kind: 'sourceLinkAddress', mac }) as const),
    anyMac.map(mac => ({ kind: 'targetLinkAddress', mac }) as const),
    anyUint32.map(bytes => ({ kind: 'mtu', bytes }) as const),
    fc.record(
      {
        kind: fc.constant('prefix' as const),
        prefix: anyIpv6,
        prefixLength: fc.nat(128),
        onLink: fc.boolean(),
        autonomous: fc.boolean(),
        validSeconds: anyUint32,
        preferredSeconds: anyUint32,
      },
      { noNullPrototype: true },
    ),
  ),
  { maxLength: 4 },
);

const anyNeighborMessage: fc.Arbitrary<NeighborMessage> = fc.oneof(
  anyOptions.map(options => ({ kind: 'routerSolicitation', options }) as const),
  fc
    .tuple(anyIpv6, anyOptions)
    .map(([target, options]) => ({ kind: 'neighborSolicitation', target, options }) as const),
  fc.record(
    {
      kind: fc.constant('neighborAdvertisement' as const),
      target: anyIpv6,
      isRouter: fc.boolean(),
      isSolicited: fc.boolean(),
      overrides: fc.boolean(),
      options: anyOptions,
    },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      kind: fc.constant('routerAdvertisement' as const),
      hopLimit: fc.nat(255),
      flags: fc.nat(255),
      lifetimeSeconds: anyUint16,
      reachableMs: anyUint32,
      retransmitMs: anyUint32,
      options: anyOptions,
    },
    { noNullPrototype: true },
  ),
);

describe('IPv6 headers', () => {
  it('reads back every packet, with what stands between its header and its content', () => {
    fc.assert(
      fc.property(
        anyIpv6,
        anyIpv6,
        fc.nat(255),
        fc.nat(0xf_ffff),
        anyPayload,
        fc.option(anyFragment, { nil: undefined }),
        fc.uint8Array({ maxLength: 30 }),
        (source, destination, trafficClass, flowLabel, payload, fragment, hopOptions) => {
          const extensions = [hopByHopExtension(hopOptions), ...(fragment ? [fragmentExtension(fragment)] : [])];
          const header = { source, destination, protocol: 6, hopLimit: 255, trafficClass, flowLabel, extensions };
          const bytes = encodeIpv6Packet(header, payload);
          const decoded = decodeIpv6Packet(bytes)!;
          assert.deepEqual({ ...decoded, ...header, fragment, payload, totalBytes: bytes.length }, decoded);
        },
      ),
    );
  });

  it('gives TCP, UDP and ICMPv6 checksums over the pseudo header of RFC 8200 §8.1', () => {
    fc.assert(
      fc.property(
        anyTcpSegment,
        anyPayload,
        anyIpv6,
        anyIpv6,
        anyUint32,
        (segment, payload, source, destination, rest) => {
          const check = (bytes: Uint8Array, protocol: number) =>
            assert.equal(transportChecksum(bytes, source, destination, protocol), 0);
          check(encodeTcp(segment, source, destination), 6);
          check(encodeUdp({ sourcePort: 1, destinationPort: 2, payload }, source, destination), 17);
          const message = { type: 128, code: 0, rest, payload };
          const bytes = encodeIcmp6(message, source, destination);
          check(bytes, 58);
          assert.deepEqual(decodeIcmp6(bytes), message);
        },
      ),
    );
  });

  it('reads back the messages of neighbour discovery', () => {
    fc.assert(
      fc.property(anyNeighborMessage, message => {
        assert.deepEqual(readNeighborMessage(neighborMessage(message)), message);
      }),
    );
  });

  it('reads no neighbour message whose options run past its end', () => {
    const message = neighborMessage({ kind: 'routerSolicitation', options: [{ kind: 'mtu', bytes: 1500 }] });
    assert.equal(readNeighborMessage({ ...message, payload: message.payload.subarray(0, 7) }), undefined);
    assert.equal(readNeighborMessage({ ...message, payload: new Uint8Array(8) }), undefined);
    assert.equal(readNeighborMessage({ ...message, type: 128 }), undefined);
  });

  it('stops at a chain of extension headers that does not end', () => {
    const endless = new Uint8Array(8 * 40);
    assert.equal(walkIpv6Extensions(0, endless), undefined);
  });

  it('finds layers behind VLAN tags', () => {
    const packet = encodeIpv6Packet(
      { source: '2600:1f18::5', destination: 'fe80::1', protocol: 17, hopLimit: 64 },
      encodeUdp({ sourcePort: 5, destinationPort: 53, payload: new Uint8Array(3) }, '2600:1f18::5', 'fe80::1'),
    );
    const vlanTags = [
      { id: 100, priority: 5, dropEligible: true, tagType: 0x88a8 },
      { id: 7, priority: 0, dropEligible: false },
    ];
    const header = { destination: '02:00:00:00:00:01', source: '02:00:00:00:00:02', etherType: 0x86dd, vlanTags };
    const frame = encodeEthernet(header, packet);
    const { payload, ...read } = decodeEthernet(frame)!;
    assert.deepEqual(read, header);
    assert.deepEqual(payload, packet);
    assert.equal(decodeFrame(frame).udp?.destinationPort, 53);
    assert.equal(decodeEthernet(frame.subarray(0, 20)), undefined);
  });

  it('answers with absent layers, never an exception, for random bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 15, maxLength: 160 }),
        fc.constantFrom(0x86dd, 0x8100),
        fc.boolean(),
        (bytes, type, isV6) => {
          bytes.set([type >> 8, type & 255], 12);
          if (isV6) bytes.set([0x60], 14);
          decodeFrame(bytes);
        },
      ),
    );
  });
});
