import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseIpv6 } from '../../../../src/core/ipv6';
import { formatIpv6, formatMac, parseMac } from '../../../../src/packet/headers/addressText';

describe('addresses as text', () => {
  it('writes IPv6 as the URL standard does (RFC 5952), and reads it back', () => {
    const anyGroup = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(anyGroup, { minLength: 8, maxLength: 8 }), groups => {
        const bytes = Uint8Array.from(groups.flatMap(group => [group >> 8, group & 255]));
        const text = formatIpv6(bytes);
        assert.equal(`[${text}]`, new URL(`http://[${groups.map(group => group.toString(16)).join(':')}]`).hostname);
        assert.deepEqual(parseIpv6(text), bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('reads IPv6 with a dotted end and refuses what is none', () => {
    assert.equal(formatIpv6(parseIpv6('::ffff:172.31.36.107')!), '::ffff:ac1f:246b');
    for (const text of [
      '',
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '::12345',
      '1:2:3:4:5:6:7:8::',
      'g::',
      '1.2.3.4::',
    ]) {
      assert.equal(parseIpv6(text), undefined, text);
    }
  });

  it('reads and writes hardware addresses', () => {
    assert.equal(formatMac(parseMac('0a:0:b:cc:DD:1')!), '0a:00:0b:cc:dd:01');
    for (const text of ['', '0a:00:00:00:00', '0a:00:00:00:00:00:00', 'g0:00:00:00:00:00'])
      assert.equal(parseMac(text), undefined);
  });
});
