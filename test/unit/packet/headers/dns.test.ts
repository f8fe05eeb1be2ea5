import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DnsType, decodeDns, ednsRecord, encodeDns } from '../../../../src/packet/headers/dns';
import { decodeDnsName, encodeDnsName } from '../../../../src/packet/headers/dnsName';
import { query } from '../../../support/dnsMessages';
import { anyDnsMessage } from '../../../support/packets';

describe('DNS messages', () => {
  it('read back as written', () => {
    fc.assert(fc.property(anyDnsMessage, message => assert.deepEqual(decodeDns(encodeDns(message)), message)));
  });

  it('are undefined, never an exception, when cut at any byte', () => {
    fc.assert(
      fc.property(anyDnsMessage, message => {
        const bytes = encodeDns(message);
        for (let length = 0; length < bytes.length; length++)
          assert.equal(decodeDns(bytes.subarray(0, length)), undefined);
      }),
      { numRuns: 30 },
    );
  });

  it('compress an answer whose name was asked for: 12 + question 34 + pointer, type, class, life, length and address 16', () => {
    assert.equal(encodeDns(query).length, 46);
    const answer = {
      name: 'ec2.ap-south-1.amazonaws.com',
      type: DnsType.a,
      class: 1,
      timeToLive: 60,
      data: { kind: 'address', address: '172.31.36.107' },
    } as const;
    assert.equal(encodeDns({ ...query, isResponse: true, answers: [answer] }).length, 62);
  });

  it('carry EDNS in eleven bytes', () => {
    assert.equal(encodeDns({ ...query, additionals: [ednsRecord(1232)] }).length, 46 + 11);
  });

  it('refuse names whose compression points forward or at itself', () => {
    assert.equal(decodeDnsName(Uint8Array.of(0xc0, 0), 0), undefined);
    assert.equal(decodeDnsName(Uint8Array.of(1, 97, 0xc0, 4, 0xc0, 2), 0), undefined);
  });

  it('keep dots and other octets inside a label apart from its ends', () => {
    const wire = Uint8Array.of(4, 0x61, 0x2e, 0x5c, 0x07, 1, 0x62, 0);
    const decoded = decodeDnsName(wire, 0);
    assert.equal(decoded?.name, 'a\\.\\\\\\007.b');
    assert.deepEqual(encodeDnsName(decoded.name), wire);
  });

  it('refuse to write labels over 63 octets and empty ones', () => {
    assert.throws(() => encodeDnsName(`${'a'.repeat(64)}.b`), RangeError);
    assert.throws(() => encodeDnsName('a..b'), RangeError);
  });

  it('never throw on random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void decodeDns(bytes)));
  });
});
