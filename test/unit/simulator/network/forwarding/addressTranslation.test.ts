import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatIpv4 } from '../../../../../src/core/ipv4';
import { readUint16 } from '../../../../../src/packet/headers/bytes';
import { finishChecksum, sumWords } from '../../../../../src/packet/headers/checksum';
import {
  decodeIcmpEcho,
  encodeIcmp,
  encodeIcmpEcho,
  IcmpType,
  UnreachableCode,
} from '../../../../../src/packet/headers/icmp';
import { decodeIpv4Packet, encodeIpv4Packet } from '../../../../../src/packet/headers/ipv4';
import { encodeTcp, transportChecksum } from '../../../../../src/packet/headers/tcp';
import { encodeUdp } from '../../../../../src/packet/headers/udp';
import { translate } from '../../../../../src/simulator/network/forwarding/addressTranslation';

const address = fc.nat(0xffff_ffff).map(formatIpv4);
const side = fc.constantFrom('source', 'destination' as const);
const header = { timeToLive: 64, identification: 1, dontFragment: true };

describe('address translation', () => {
  it('leaves every checksum right and everything else as it was', () => {
    fc.assert(
      fc.property(
        address,
        address,
        address,
        side,
        fc.boolean(),
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        (...given) => {
          const [source, destination, replacement, which, isTcp, payload] = given;
          const sent = { sourcePort: 5000, destinationPort: 443, payload };
          const segment = { ...sent, sequence: 1, acknowledgment: 2, flags: 16, window: 3, options: [] };
          const content = isTcp ? encodeTcp(segment, source, destination) : encodeUdp(sent, source, destination);
          const protocol = isTcp ? 6 : 17;
          const packet = encodeIpv4Packet({ ...header, source, destination, protocol }, content);
          const after = decodeIpv4Packet(translate(packet, { [which]: { address: replacement, port: 6000 } }))!;
          assert.deepEqual(
            [after.source, after.destination],
            which === 'source' ? [replacement, destination] : [source, replacement],
          );
          assert.ok(after.isChecksumRight);
          assert.equal(after.timeToLive, 63);
          assert.equal(transportChecksum(after.payload, after.source, after.destination, protocol) % 0xffff, 0);
          const ports = [readUint16(after.payload, 0), readUint16(after.payload, 2)];
          assert.deepEqual(ports, which === 'source' ? [6000, 443] : [5000, 6000]);
          assert.deepEqual(after.payload.slice(-payload.length), payload);
        },
      ),
    );
  });

  it("gives an echo another identifier in the ports' place", () => {
    const echo = encodeIcmpEcho({
      type: IcmpType.echoRequest,
      identifier: 7,
      sequence: 1,
      payload: Uint8Array.of(1, 2, 3),
    });
    const packet = encodeIpv4Packet({ ...header, source: '10.0.0.4', destination: '8.8.8.8', protocol: 1 }, echo);
    const after = decodeIpv4Packet(translate(packet, { source: { address: '10.0.0.9', port: 2000 } }))!;
    assert.equal(decodeIcmpEcho(after.payload)!.identifier, 2000);
    assert.equal(finishChecksum(sumWords(after.payload)), 0);
  });

  it('translates the packet that an ICMP error quotes, so that its sender knows it again', () => {
    const quoted = encodeIpv4Packet(
      { ...header, source: '52.95.80.10', destination: '43.205.1.2', protocol: 17 },
      encodeUdp({ sourcePort: 53, destinationPort: 40_000, payload: new Uint8Array(4) }, '52.95.80.10', '43.205.1.2'),
    );
    const error = encodeIcmp({ type: IcmpType.unreachable, code: UnreachableCode.port, rest: 0, payload: quoted });
    const packet = encodeIpv4Packet(
      { ...header, source: '43.205.1.2', destination: '52.95.80.10', protocol: 1 },
      error,
    );
    const after = decodeIpv4Packet(translate(packet, { source: { address: '172.31.0.9', port: 41_000 } }))!;
    const inner = decodeIpv4Packet(after.payload.subarray(8))!;
    assert.equal(inner.destination, '172.31.0.9');
    assert.ok(inner.isChecksumRight);
    assert.equal(readUint16(inner.payload, 2), 41_000);
    assert.equal(transportChecksum(inner.payload, inner.source, inner.destination, 17) % 0xffff, 0);
  });
});
